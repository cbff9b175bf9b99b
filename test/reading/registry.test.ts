import { describe, expect, test } from "vitest";
import { readEnvelope } from "../../compiler/read/read.ts";
import { parseRegistry } from "../../compiler/read/registry-file.ts";
import { baseRegistry } from "../../schema/registry.ts";
import { envelopeText, put, summary, withoutOwnNote } from "./envelopes.ts";

describe("a registry file", () => {
  test.each([
    ["no JSON", "{", 1],
    ["no object", "[]", 1],
    ["a misspelt member", '{"flag": []}', 1],
    ["no list", '{"flags": "X"}', 1],
    ["no names", '{"flags": ["A B", 5, "constructor"]}', 3],
    [
      "metrics that are none",
      '{"metrics": {"a": 1, "b": {}, "c": {"type": "float"}, "d": {"type": "integer", "unti": "USD"}}}',
      4,
    ],
    ["a registered metric with another meaning", '{"metrics": {"drawdown": {"type": "integer"}}}', 1],
  ])("is refused: %s", (_, text, problems) => {
    const reading = parseRegistry(text);
    expect(reading.ok ? [] : reading.problems).toHaveLength(problems);
  });

  test("says what was meant, and where", () => {
    const reading = parseRegistry('{\n  "flag": []\n}');
    expect(reading).toEqual({
      ok: false,
      problems: [{ line: 2, column: 3, message: "unknown member `flag`; did you mean `flags`?" }],
    });
  });

  test("adds to what is registered from the start", () => {
    const reading = parseRegistry('{"flags": ["GPU_ACCESS"], "metrics": {"cost": {"type": "decimal", "unit": "EUR"}}}');
    if (!reading.ok) throw new Error("refused");
    expect(reading.registry.flags).toEqual([...baseRegistry.flags, "GPU_ACCESS"]);
    expect(reading.registry.metrics.get("cost")).toEqual({ type: "decimal", unit: "EUR" });
    expect(reading.registry.metrics.get("drawdown")).toEqual({ type: "decimal", unit: "USD" });
  });

  test("makes a flag known", () => {
    const text = envelopeText(put("/capabilities/-", "GPU_ACCESS"));
    expect(summary(withoutOwnNote(readEnvelope(text).diagnostics))).toEqual(["ref/unregistered /capabilities/2"]);
    const reading = parseRegistry('{"flags": ["GPU_ACCESS"]}');
    const known = reading.ok ? readEnvelope(text, { registry: reading.registry }).diagnostics : [];
    expect(summary(known)).toEqual(["fires/two_keys /capabilities"]);
    expect(known[0]?.message).toContain("`GPU_ACCESS`");
  });
});
