/** When a circuit breaker trips: exact values, fail closed, and a function of envelope and state only. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Watched } from "../../runtime/ledger/watched.ts";
import { nothingWatched } from "../../runtime/ledger/watched.ts";
import { compareMetric } from "../../runtime/session/breakers/metric.ts";
import { trippedBreakers } from "../../runtime/session/breakers/tripped.ts";

const loss = { id: "loss", when: [{ metric: "realized_loss", atLeast: "500.00" }], action: "halt" };
const both = {
  id: "both",
  when: [
    { metric: "realized_loss", atLeast: "500.00" },
    { metric: "hold_rate", atLeast: 2 },
  ],
  action: "freeze",
};

function tripped(breakers: Parameters<typeof trippedBreakers>[0]["breakers"], change: Partial<Watched> = {}) {
  const watched = { ...nothingWatched(), ...change };
  return trippedBreakers({ breakers: breakers ?? [] }, { watched }).map(({ breaker }) => breaker);
}

const reported = (value: string | number, metric = "realized_loss") => ({ metrics: new Map([[metric, value]]) });

describe("a threshold", () => {
  test.each<readonly [value: string | number, trips: boolean]>([
    ["499.99", false],
    ["500.00", true],
    ["500", true],
    ["500.000", true],
    ["499.999999999999", false],
    ["500.0000000001", true],
    ["-500.00", false],
    ["9007199254740991", true],
  ])("of at least 500.00 and %j: %j", (value, trips) => {
    expect(tripped([loss], reported(value))).toEqual(trips ? ["loss"] : []);
  });

  test.each<readonly [value: string | number]>([
    [500],
    [1],
    [""],
    ["-0.00"],
    ["1e2"],
    ["1,00"],
    ["NaN"],
    ["0.0000000000000001"],
    ["9007199254740993"],
    [" 1.00"],
    ["one"],
  ])("is met by %j, which is no decimal", (value) => {
    expect(tripped([loss], reported(value))).toEqual(["loss"]);
  });

  test.each([["3"], ["3.0"], ["many"], [1.5], [2 ** 53]])("for an integer is met by %j, which is none", (value) => {
    const breaker = { id: "b", when: [{ metric: "open_orders", atLeast: 5 }], action: "halt" };
    expect(tripped([breaker], reported(value, "open_orders"))).toEqual(["b"]);
  });

  test("of at most is met from below", () => {
    const low = { id: "low", when: [{ metric: "equity", atMost: "10.00" }], action: "halt" };
    expect(["10.01", "10.00", "9.99"].map((value) => tripped([low], reported(value, "equity")))).toEqual([
      [],
      ["low"],
      ["low"],
    ]);
  });

  test("is not met by what nobody has reported", () => {
    expect(tripped([loss])).toEqual([]);
  });
});

test("every condition must hold, except that an ill-typed value trips whatever stands beside it", () => {
  expect(tripped([both], reported("600.00"))).toEqual([]);
  expect(tripped([both], { ...reported("600.00"), holds: [true, false, true] })).toEqual(["both"]);
  expect(tripped([both], reported("lots"))).toEqual(["both"]);
});

test("the session's own counts are nobody's to report", () => {
  const streak = { id: "s", when: [{ metric: "denial_streak", atLeast: 3 }], action: "halt" };
  expect(tripped([streak], reported(99, "denial_streak"))).toEqual([]);
  expect(tripped([streak], { ...reported(0, "denial_streak"), denialStreak: 3 })).toEqual(["s"]);
});

test("two decimals compare as their exact values do, whatever their scales", () => {
  const decimal = fc.record({ minor: fc.maxSafeInteger(), scale: fc.nat(15) });
  const text = ({ minor, scale }: { minor: number; scale: number }) => {
    const digits = String(Math.abs(minor)).padStart(scale + 1, "0");
    const whole = digits.slice(0, digits.length - scale);
    return `${minor < 0 ? "-" : ""}${whole}${scale === 0 ? "" : `.${digits.slice(-scale)}`}`;
  };
  fc.assert(
    fc.property(decimal, decimal, (a, b) => {
      const [left, right] = [a, b].map(({ minor, scale }) => BigInt(minor) * 10n ** BigInt(15 - scale));
      expect(compareMetric(text(a), text(b))).toBe(left! === right! ? 0 : left! < right! ? -1 : 1);
    }),
    { numRuns: 200 },
  );
});
