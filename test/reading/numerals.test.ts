import { describe, expect, test } from "vitest";
import { meantInteger } from "../../compiler/read/numerals.ts";
import { readEnvelope } from "../../compiler/read/read.ts";
import { envelopeText, put, summary, withoutOwnNote } from "./envelopes.ts";

const place = '"max": 20';

describe("an integer is its text", () => {
  test.each(["2.0", "1e3", "1E3", "20.00", "-0", "0.0", "2e0", "1.5", "1e-1", "1e400"])("%s is refused", (text) => {
    const { diagnostics } = readEnvelope(envelopeText().replace(place, `"max": ${text}`));
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    expect(summary(errors)).toEqual(["num/not_an_integer /budgets/actions/max"]);
  });

  test.each(["9007199254740992", "123456789012345678901234567890"])("%s is out of range", (text) => {
    const { diagnostics } = readEnvelope(envelopeText().replace(place, `"max": ${text}`));
    expect(summary(withoutOwnNote(diagnostics))).toEqual(["num/out_of_range /budgets/actions/max"]);
  });

  test.each(["0", "1", "9007199254740991"])("%s is one", (text) => {
    const { diagnostics } = readEnvelope(envelopeText().replace(place, `"max": ${text}`));
    expect(diagnostics.filter(({ code }) => code.startsWith("num/"))).toEqual([]);
  });
});

describe("nothing is concluded from a number that is refused", () => {
  const pay = "/effects/pay";
  const constant = [put("/budgets/points", { max: 5 }), put(`${pay}/consumes/points`, 77)];
  const set = [
    put(`${pay}/fields/cc`, { from: "/cc", type: "set", of: "string" }),
    put(`${pay}/allow/cc`, { subsetOf: ["a"], minItems: 77 }),
  ];
  const discriminated = [put("/effects/list_payments/session/count", { max: 77 })];
  test.each([
    {
      given: "no call",
      find: '"max": 5\n',
      text: '"max": -0\n',
      want: "num/not_an_integer /effects/pay/session/calls/max",
    },
    {
      given: "a least above the greatest",
      find: '"max": 50',
      text: '"max": -0',
      want: "num/not_an_integer /effects/list_payments/perCall/count/max",
    },
    {
      given: "a least above the greatest, beyond what a double tells apart",
      find: '"min": 1',
      text: '"min": 9007199254740993',
      want: "num/out_of_range /effects/list_payments/perCall/count/min",
    },
    {
      given: "a scale",
      find: '"scale": 2',
      text: '"scale": -0',
      want: "num/not_an_integer /effects/pay/fields/amount/scale",
    },
    {
      given: "a cost above its meter",
      operations: constant,
      find: "77",
      text: "1e3",
      want: "num/not_an_integer /effects/pay/consumes/points",
    },
    {
      given: "a number of elements above the limit",
      operations: set,
      find: "77",
      text: "9007199254740993",
      want: "num/out_of_range /effects/pay/allow/cc/minItems",
    },
    {
      given: "a session that admits nothing",
      operations: discriminated,
      find: "77",
      text: "-0",
      want: "num/not_an_integer /effects/list_payments/session/count/max",
    },
    {
      given: "a decimal, of which its own mistake is said",
      find: '"max": "100.00"',
      text: '"max": 1e3',
      want: "num/not_a_decimal_string /effects/pay/perCall/amount/max",
    },
  ])("$given: $text", ({ operations = [], find, text, want }) => {
    const source = envelopeText(...operations).replace(find, text);
    expect(source).toContain(text);
    expect(summary(readEnvelope(source).diagnostics.filter(({ severity }) => severity !== "note"))).toEqual([want]);
  });

  test("a text where a string is expected is shown as it is written", () => {
    const source = envelopeText(put(`${pay}/allow/payee`, { equals: 77 })).replace("77", "1e3");
    expect(readEnvelope(source).diagnostics.map(({ message }) => message)).toContain("expected a string, found `1e3`");
  });
});

test.each([
  ["2.0", "2"],
  ["1e3", "1000"],
  ["1.5e1", "15"],
  ["-0", "0"],
  ["0.0", "0"],
  ["100e-2", "1"],
  ["-2.50e2", "-250"],
  ["1.5", undefined],
  ["1e-1", undefined],
  ["1e400", undefined],
  ["9007199254740992.0", undefined],
])("%s is meant as %s", (text, want) => {
  expect(meantInteger(text)).toBe(want);
});
