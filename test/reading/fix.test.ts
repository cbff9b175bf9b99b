import { describe, expect, test } from "vitest";
import { applyPatch } from "../../compiler/diagnostics/patch.ts";
import { applyFixes } from "../../compiler/read/fix.ts";
import { readEnvelope } from "../../compiler/read/read.ts";
import type { PatchOperation } from "../../schema/diagnostic.ts";
import { diagnose, envelopeText, move, put, set, summary, withoutOwnNote } from "./envelopes.ts";

const rows: readonly { readonly name: string; readonly operations: readonly PatchOperation[] }[] = [
  { name: "a misspelt member", operations: [move("/effects/pay/perCall", "/effects/pay/per_call")] },
  {
    name: "misspelt members within misspelt members",
    operations: [
      move("/effects/pay/perCall/amount/max", "/effects/pay/perCall/amount/Max"),
      move("/effects/pay/perCall", "/effects/pay/perCal"),
    ],
  },
  { name: "a misspelt word", operations: [set("/mode", "Window")] },
  { name: "a misspelt field type", operations: [set("/effects/pay/fields/amount/type", "Decimal")] },
  { name: "a decimal as a number", operations: [set("/effects/pay/perCall/amount/max", 99.5)] },
  { name: "an integer as a string", operations: [set("/effects/pay/session/calls/max", "5")] },
  { name: "one entry instead of a list", operations: [set("/effects/pay/tools", "bank.pay")] },
  { name: "one object instead of a list", operations: [set("/effects/pay/velocity", { max: 2, seconds: 60 })] },
  { name: "a pointer without its slash", operations: [set("/effects/pay/fields/payee/from", "payee")] },
  {
    name: "a digest in capitals",
    operations: [put("/template", { id: "env_0", version: "1.0.0", sha256: "AB".repeat(32) })],
  },
  {
    name: "a digest with prefix",
    operations: [put("/template", { id: "env_0", version: "1.0.0", sha256: `sha256:${"ab".repeat(32)}` })],
  },
  {
    name: "a host in capitals",
    operations: [
      put("/effects/pay/fields/bank", { from: "/bank", type: "host" }),
      put("/effects/pay/allow/bank", { oneOf: ["Bank.Example"] }),
    ],
  },
  {
    name: "several at once",
    operations: [set("/mode", "windw"), move("/recovery", "/recovry"), move("/budgets/actions", "/budgets/action")],
  },
];

/** What a wrong reference was meant to name is a guess: suggested, never applied without asking. */
const guesses: typeof rows = [
  {
    name: "a misspelt field in a bound",
    operations: [move("/effects/pay/perCall/amount", "/effects/pay/perCall/amuont")],
  },
  { name: "a misspelt flag", operations: [set("/effects/pay/requires/0", "NET-ACCESS")] },
];

/** Near a word of the language, and not it: the opposite, another unit, or near two of them. */
const otherWords: readonly (readonly [string, PatchOperation])[] = [
  ["noneOf", put("/effects/pay/approval", { keys: 1, roles: ["desk"], when: { payee: { noneOf: ["acme"] } } })],
  ["notEquals", put("/effects/pay/allow/payee", { notEquals: "acme" })],
  ["notOneOf", put("/effects/pay/allow/payee", { notOneOf: ["acme"] })],
  ["supersetOf", put("/effects/pay/allow/payee", { supersetOf: ["acme"] })],
  ["mix", put("/effects/pay/perCall/amount", { mix: "1.00" })],
  ["minLength", put("/effects/pay/fields/payee/minLength", 3)],
  ["disallowString", put("/effects/pay/fields/payee/disallowString", true)],
  ["nonOptional", put("/effects/pay/fields/payee/nonOptional", true)],
  ["unignored", put("/effects/pay/unignored", ["/x"])],
  ["not required", put("/effects/pay/justification", "not required")],
  ["internal", move("/effects/pay/external", "/effects/pay/internal")],
  ["maxDurationMilliseconds", move("/validity/maxDurationSeconds", "/validity/maxDurationMilliseconds")],
  ["maxDurationHours", move("/validity/maxDurationSeconds", "/validity/maxDurationHours")],
  ["withinMilliseconds", put("/effects/pay/after", [{ effect: "list_payments", withinMilliseconds: 60_000 }])],
  ["timespan", set("/effects/pay/fields/amount/type", "timespan")],
];

describe("another word is put for none", () => {
  test.each(otherWords)("`%s`", (word, operation) => {
    const source = envelopeText(operation);
    const { text, applied } = applyFixes(source);
    expect(summary(applied)).toEqual([]);
    expect(text).toContain(word);
  });

  test.each([
    ["ip", "10.1.2.3/0", "0.0.0.0/0"],
    ["ip", "10.0.0.1/8", "10.0.0.0/8"],
    ["path", "/srv/app/..", "/srv"],
  ])("nor another target for one: %s `%s`", (type, written, canonical) => {
    const source = envelopeText(
      put("/effects/pay/fields/bank", { from: "/bank", type, ...(type === "path" ? { base: "/" } : {}) }),
      put("/effects/pay/allow/bank", { under: [written] }),
    );
    const { text, reading } = applyFixes(source);
    expect(text).toBe(source);
    expect(reading.diagnostics.map(({ message }) => message).join()).toContain(canonical);
  });

  test("an opposite is not even suggested", () => {
    for (const operation of [otherWords[0]![1], otherWords[9]![1], otherWords[11]![1]])
      for (const { suggestion, message } of diagnose(operation)) {
        expect(suggestion).toBeUndefined();
        expect(message).not.toContain("did you mean");
      }
  });
});

describe("guesses", () => {
  test.each(guesses)("$name", ({ operations }) => {
    const source = envelopeText(...operations);
    expect(applyFixes(source).text).toBe(source);
  });
});

describe("safe fixes", () => {
  test.each(rows)("$name", ({ operations }) => {
    const { text, applied, reading } = applyFixes(envelopeText(...operations));
    expect(summary(withoutOwnNote(reading.diagnostics))).toEqual([]);
    expect(applied.length).toBeGreaterThan(0);
    expect(applyFixes(text).applied).toEqual([]);
  });

  test("leave everything else as it is written", () => {
    const source = envelopeText().replace('"mode": "window",', '"mode"  :\t"windw" ,').replace('"perCall"', '"perCal"');
    const { text } = applyFixes(source);
    expect(text).toBe(source.replace('"windw"', '"window"').replace('"perCal"', '"perCall"'));
  });

  test("an entry put into a list keeps its text", () => {
    const source = envelopeText(set("/effects/pay/velocity", { max: 2, seconds: 60 }));
    const written = '{\n        "max": 2,\n        "seconds": 60\n      }';
    expect(source).toContain(written);
    expect(applyFixes(source).text).toBe(source.replace(written, `[${written}]`));
  });

  test("a whole number keeps its value", () => {
    const source = envelopeText().replace('"maxDurationSeconds": 36000', '"maxDurationSeconds": 3.6e4');
    expect(applyFixes(source).text).toBe(envelopeText());
  });

  test("nothing is guessed where the right member is there too", () => {
    const source = envelopeText(put("/effects/pay/perCal", {}));
    expect(applyFixes(source).text).toBe(source);
  });

  test("a text that is no JSON comes back as it is", () => {
    expect(applyFixes("{,").text).toBe("{,");
  });
});

test.each([...rows, ...guesses])(
  "suggestions are RFC 6902 operations that mend the source: $name",
  ({ operations }) => {
    const source = envelopeText(...operations);
    const { diagnostics } = readEnvelope(source);
    const suggested = diagnostics.filter(({ suggestion }) => suggestion !== undefined);
    expect(suggested.length).toBeGreaterThan(0);
    for (const { suggestion = [], code, pointer } of suggested) {
      const mended = JSON.stringify(applyPatch(JSON.parse(source), suggestion));
      expect(summary(readEnvelope(mended).diagnostics)).not.toContain(`${code} ${pointer}`);
    }
  },
);
