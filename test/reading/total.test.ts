import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exampleEnvelope } from "../../compiler/diagnostics/example.ts";
import { applyPatch } from "../../compiler/diagnostics/patch.ts";
import { applyFixes } from "../../compiler/read/fix.ts";
import { readEnvelope } from "../../compiler/read/read.ts";
import { parseRegistry } from "../../compiler/read/registry-file.ts";
import { indexTree } from "../../compiler/read/tree.ts";
import { nodeOf } from "../../schema/json/parse.ts";
import { withoutOwnNote } from "./envelopes.ts";

const places = [...indexTree(nodeOf(exampleEnvelope)!).keys()].filter((pointer) => pointer !== "");
const junk = fc.oneof(
  fc.constantFrom(
    null,
    "",
    0,
    -1,
    1.5,
    true,
    [],
    {},
    "*",
    "__proto__",
    "constructor",
    [null],
    { set: "x" },
    "9".repeat(400),
  ),
  fc.json({ maxDepth: 2 }).map((text): unknown => JSON.parse(text)),
);
const names = fc.constantFrom(
  "__proto__",
  "constructor",
  "calls",
  "max",
  "type",
  "set",
  "x",
  "",
  "a/b",
  "per\u200bCall",
);

/** An envelope in which some values, and some members' names, are junk. */
const mutants = fc
  .array(fc.record({ place: fc.constantFrom(...places), value: junk, name: fc.option(names) }), {
    minLength: 1,
    maxLength: 6,
  })
  .map((changes) => {
    let value: unknown = exampleEnvelope;
    for (const { place, value: put, name } of changes) {
      const path = name === null ? place : `${place}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
      try {
        value = applyPatch(value, [{ op: "replace", path, value: put }]);
      } catch {
        // The place went with an earlier change.
      }
    }
    return JSON.stringify(value);
  });

describe("reading never throws", () => {
  test("on bytes", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => isWellMade(bytes)));
  });

  test("on text", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => isWellMade(text)));
  });

  test("on JSON", () => {
    fc.assert(fc.property(fc.json(), (text) => isWellMade(text)));
  });

  test("on envelopes with junk in them", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(mutants, (text) => {
        isWellMade(text);
        applyFixes(text);
      }),
      { numRuns: 300 },
    );
  });

  test("on registries", () => {
    fc.assert(fc.property(fc.oneof(fc.json(), fc.string()), (text) => void parseRegistry(text)));
  });
});

test("a broken envelope is never given out", { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(mutants, (text) => {
      const { envelope, diagnostics } = readEnvelope(text);
      expect(envelope === undefined).toBe(diagnostics.some(({ severity }) => severity === "error"));
    }),
    { numRuns: 200 },
  );
});

test("thousands of problems are found in reasonable time", () => {
  const text = JSON.stringify({
    ...exampleEnvelope,
    ...Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`k${i}`, i])),
  });
  const start = process.cpuUsage();
  expect(withoutOwnNote(readEnvelope(text).diagnostics).length).toBe(20_000);
  expect(process.cpuUsage(start).user).toBeLessThan(5_000_000);
});

function isWellMade(source: string | Uint8Array): void {
  for (const { line, column, message, pointer } of readEnvelope(source).diagnostics) {
    expect(line).toBeGreaterThan(0);
    expect(column).toBeGreaterThan(0);
    expect(pointer === "" || pointer.startsWith("/")).toBe(true);
    expect(message).not.toMatch(/undefined|\[object|must (?:have|match|NOT)/);
  }
}
