import { describe, expect, test } from "vitest";
import type { PatchOperation } from "../../schema/diagnostic.ts";
import { diagnose, put, remove, set } from "./envelopes.ts";

/** Each line of the fill-in sheet: how it is left blank, where that is reported, the words that name it. */
const lines: readonly {
  readonly line: string;
  readonly at: string;
  readonly words: string;
  readonly missing?: boolean;
  readonly before?: readonly PatchOperation[];
  /** The blank forms; all four if not given. */
  readonly blanks?: readonly unknown[];
}[] = [
  { line: "tools", at: "/effects/pay/tools", words: "reached via tools" },
  { line: "per-call cap", at: "/effects/pay/perCall/amount/max", words: "per-call cap" },
  {
    line: "per-call cap of a field",
    at: "/effects/pay/perCall/amount",
    words: "per-call cap",
    missing: false,
    blanks: [null, "", []],
  },
  { line: "session budget", at: "/effects/pay/session", words: "session budget", blanks: [null, "", []] },
  { line: "session calls", at: "/effects/pay/session/calls", words: "session budget", blanks: [null, "", []] },
  { line: "session calls max", at: "/effects/pay/session/calls/max", words: "session budget" },
  { line: "budgets", at: "/budgets", words: "session budget", blanks: [null, "", []] },
  { line: "budget of actions", at: "/budgets/actions", words: "session budget", blanks: [null, "", []] },
  { line: "budget of external calls", at: "/budgets/externalCalls", words: "session budget", blanks: [null, "", []] },
  { line: "meter", at: "/budgets/spend/max", words: "session budget" },
  {
    line: "allowlist",
    at: "/effects/pay/allow/payee/oneOf",
    words: "allowlist",
    missing: false,
    blanks: [null, "", [], {}],
  },
  { line: "allowlist of a field", at: "/effects/pay/allow/payee", words: "allowlist", missing: false },
  { line: "allowlists", at: "/effects/pay/allow", words: "allowlist", missing: false, blanks: [null, "", []] },
  {
    line: "rows",
    at: "/effects/pay/rows/0/oneOf",
    words: "rows",
    before: [put("/effects/pay/rows", [{ fields: ["payee"], oneOf: [["acme"]] }])],
  },
  { line: "velocity", at: "/effects/pay/velocity", words: "velocity limit" },
  { line: "velocity max", at: "/effects/pay/velocity/0/max", words: "velocity limit" },
  { line: "fields", at: "/effects/pay/fields", words: "decoded fields judged", blanks: [null, "", []] },
  { line: "kill switch", at: "/killSwitch", words: "kill switch", blanks: [null, "", []] },
  { line: "kill switch signal", at: "/killSwitch/signal", words: "kill switch" },
];

describe.each(lines)("a blank $line", ({ at, words, missing = true, before = [], blanks = [null, "", [], {}] }) => {
  const cases: readonly (readonly [string, PatchOperation])[] = [
    ...(missing ? [["missing", remove(at)] as const] : []),
    ...blanks.map((blank) => [JSON.stringify(blank), set(at, blank)] as const),
  ];

  test.each(cases)("%s", (_, operation) => {
    const found = diagnose(...before, operation);
    expect(found.map(({ code, pointer }) => ({ code, pointer }))).toEqual([{ code: "sheet/unbounded", pointer: at }]);
    expect(found[0]!.message).toMatch(/^unbounded: /);
    expect(found[0]!.message).toContain(words);
    expect(found[0]!.severity).toBe("error");
  });
});

test("0 is a bound", () => {
  expect(diagnose(set("/budgets/actions/max", 0)).filter(({ severity }) => severity === "error")).toEqual([]);
});

test("an empty kill switch names the signal that is missing", () => {
  const [found, ...others] = diagnose(set("/killSwitch", {}));
  expect(others).toEqual([]);
  expect(found).toMatchObject({ code: "sheet/unbounded", pointer: "/killSwitch/signal" });
});

test("a velocity of the defaults fills the line", () => {
  expect(diagnose(remove("/effects/pay/velocity"), put("/defaults", { velocity: [{ max: 1, seconds: 1 }] }))).toEqual(
    [],
  );
});

test("a field that nothing judges is a blank line", () => {
  const [found, ...others] = diagnose(remove("/effects/pay/perCall"));
  expect(others).toEqual([]);
  expect(found).toMatchObject({ code: "sheet/unbounded", pointer: "/effects/pay/fields/amount" });
  expect(found!.message).toContain("decoded fields judged");
});
