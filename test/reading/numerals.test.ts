import { describe, expect, test } from "vitest";
import { meantInteger } from "../../compiler/read/numerals.ts";
import { readEnvelope } from "../../compiler/read/read.ts";
import { envelopeText, summary } from "./envelopes.ts";

const place = '"max": 20';

describe("an integer is its text", () => {
  test.each(["2.0", "1e3", "1E3", "20.00", "-0", "0.0", "2e0", "1.5", "1e-1", "1e400"])("%s is refused", (text) => {
    const { diagnostics } = readEnvelope(envelopeText().replace(place, `"max": ${text}`));
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    expect(summary(errors)).toEqual(["num/not_an_integer /budgets/actions/max"]);
  });

  test.each(["9007199254740992", "123456789012345678901234567890"])("%s is out of range", (text) => {
    const { diagnostics } = readEnvelope(envelopeText().replace(place, `"max": ${text}`));
    expect(summary(diagnostics)).toEqual(["num/out_of_range /budgets/actions/max"]);
  });

  test.each(["0", "1", "9007199254740991"])("%s is one", (text) => {
    const { diagnostics } = readEnvelope(envelopeText().replace(place, `"max": ${text}`));
    expect(diagnostics.filter(({ code }) => code.startsWith("num/"))).toEqual([]);
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
