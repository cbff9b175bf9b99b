import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { proposalHash } from "../../runtime/proposal-hash.ts";
import { formatDecimal, parseDecimal } from "../../schema/values/decimal.ts";
import { isExactNumber } from "../../schema/values/exact.ts";
import { parseInteger } from "../../schema/values/integer.ts";
import { call, outcome } from "./calls.ts";

const refused = ["decode/n"];

describe("integer", () => {
  const field = { n: { type: "integer", from: "/n" } } as const;
  test.each([
    "1.0",
    "1.5",
    "1e3",
    "1.0e2",
    "-0",
    "9007199254740992",
    "-9007199254740992",
    '"1"',
    "true",
    "null",
    "[1]",
    "{}",
  ])("refuses %s", (given) => expect(outcome(call({ fields: field }, `{"n":${given}}`))).toEqual(refused));
  test.each(["0", "1", "-1", "9007199254740991", "-9007199254740991"])("accepts %s", (given) => {
    expect(outcome(call({ fields: field }, `{"n":${given}}`))).toEqual({ n: Number(given) });
  });

  const lenient = { n: { type: "integer", from: "/n", allowString: true } } as const;
  test.each(["1.0", "1_000", " 5", "5 ", "+5", "007", "-0", "", "0x10", "１", "9007199254740992", "1e3"])(
    "refuses the string %j even where strings are allowed",
    (given) => expect(outcome(call({ fields: lenient }, { n: given }))).toEqual(refused),
  );
  test("accepts a string where strings are allowed", () => {
    expect(outcome(call({ fields: lenient }, { n: "-17" }))).toEqual({ n: -17 });
  });
});

describe("decimal", () => {
  const field = { n: { type: "decimal", from: "/n", scale: 2 } } as const;
  test.each([
    "1.240",
    '"1.240"',
    "1e2",
    "1E2",
    '".5"',
    '"5."',
    '"-0"',
    "-0",
    "-0.00",
    '"-0.00"',
    '"+1"',
    '"01"',
    '" 1"',
    '"1,5"',
    '"NaN"',
    '""',
    "true",
    "null",
  ])("refuses %s", (given) => expect(outcome(call({ fields: field }, `{"n":${given}}`))).toEqual(refused));
  test.each(["90071992547409.92", '"90071992547409.92"', "90071992547409.93"])("refuses %s: too large", (given) => {
    expect(outcome(call({ fields: field }, `{"n":${given}}`))).toEqual(refused);
  });
  test.each([
    { given: "1.24", want: 124 },
    { given: '"1.24"', want: 124 },
    { given: "1.2", want: 120 },
    { given: "-1", want: -100 },
    { given: "0.00", want: 0 },
    { given: "0.29", want: 29 },
    { given: '"90071992547409.91"', want: 9007199254740991 },
  ])("reads $given as $want minor units", ({ given, want }) => {
    expect(outcome(call({ fields: field }, `{"n":${given}}`))).toEqual({ n: want });
  });
  test("scale 0 admits no point", () => {
    const whole = { n: { type: "decimal", from: "/n", scale: 0 } } as const;
    expect(outcome(call({ fields: whole }, '{"n":12}'))).toEqual({ n: 12 });
    expect(outcome(call({ fields: whole }, '{"n":12.0}'))).toEqual(refused);
  });
  test("what is formatted reads back", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.integer({ min: 0, max: 15 }), (minor, scale) => {
        expect(parseDecimal(formatDecimal(minor, scale), scale)).toEqual({ ok: true, value: minor });
      }),
    );
  });
});

describe("a number that a double does not hold", () => {
  test.each([
    "9007199254740993",
    "1e400",
    "-1e400",
    "1e-400",
    "0.10000000000000001",
    "123456789012345678",
    "90071992547409.93",
  ])("%s is a decode failure where it stands, ignored or not", (given) => {
    expect(isExactNumber(given)).toBe(false);
    expect(outcome(call({ ignored: ["/note"] }, `{"note":{"deep":[0,${given}]}}`))).toEqual(["decode/note/deep/1"]);
  });
  test.each([
    "0",
    "0.1",
    "1.50",
    "1e5",
    "1E21",
    "1e22",
    "100000000000000000000000",
    "5e-324",
    "0e999999999",
    "0.30000000000000000000",
    "1000000000000000000000e-3",
  ])("%s is held", (given) => {
    expect(isExactNumber(given)).toBe(true);
    expect(outcome(call({ ignored: ["/note"] }, `{"note":${given}}`))).toEqual({});
  });
  test.each(["-0", "-0.0", "-0.00", "-0e0", "-0E+7", "-0.0e-3"])("%s is no number, ignored or not", (given) => {
    expect(outcome(call({ ignored: ["/note"] }, `{"note":{"deep":[0,${given}]}}`))).toEqual(["decode/note/deep/1"]);
    expect(outcome(call({ tools: ["other"] }, `{"x":${given}}`))).toEqual(["decode/x"]);
    expect(proposalHash(`{"tool":"t","args":{"x":${given}}}`)).toBeUndefined();
  });
  test.each(["-0.1", "-1e-3", "-10", "-0.05e2"])("%s is below zero, and held", (given) => {
    expect(outcome(call({ ignored: ["/note"] }, `{"note":${given}}`))).toEqual({});
  });
  test("also for a tool that no effect reaches", () => {
    expect(outcome(call({ tools: ["other"] }, '{"x":1e400}'))).toEqual(["decode/x"]);
  });
  test("every double's own text is held", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => isExactNumber(String(value))),
    );
  });
  test("integers are held exactly as far as BigInt says", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 70n }), (value) => {
        const shortest = Number(value).toString().includes("e") ? undefined : BigInt(Number(value).toString());
        if (shortest !== undefined) expect(isExactNumber(String(value))).toBe(shortest === value);
      }),
    );
  });
});

test("integers are read as their text says or not at all", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const parsed = parseInteger(text);
      if (parsed.ok) expect(String(parsed.value)).toBe(text);
    }),
  );
});
