/** The quick reader of plain texts makes what the strict one makes, or nothing. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonNode } from "../../schema/json/node.ts";
import { parseJson } from "../../schema/json/parse.ts";
import { readPlainJson } from "../../schema/json/plain.ts";

const maxDepth = 8;
const plain = (text: string) => readPlainJson(text, maxDepth);

function withoutPlaces(node: JsonNode): unknown {
  return JSON.parse(JSON.stringify(node, (key, value) => (/^(start|end|nameStart|nameEnd)$/.test(key) ? 0 : value)));
}

/** What the strict reader makes; undefined for what it refuses. */
function strict(text: string): unknown {
  const parsed = parseJson(text, { maxDepth });
  return parsed.ok ? withoutPlaces(parsed.root) : undefined;
}

describe("read at once", () => {
  test.each([
    '{"tool":"pay","args":{"payee":"alice","amount":"1.10","list":[1,2,3],"deep":{"a":null,"b":true}}}',
    '{"n":[1.0,-0,0.10,1e2,1E+2,-1.5e-3,9007199254740993,1e400,12345678901234567890.5]}',
    '{"__proto__":{"x":1},"constructor":2,"toString":[]}',
    '{"":"","é":"ß","x-1":"{[:,]}","y":"-1: 2"}',
    " [ ] ",
    '"text"',
    "-12.50",
    "null",
  ])("%s", (text) => {
    const node = plain(text);
    expect(node).toBeDefined();
    expect(node).toEqual(strict(text));
  });
});

describe("left to the strict reader", () => {
  test.each([
    { name: "two equal keys", text: '{"a":1,"a":1}' },
    { name: "two equal keys far down", text: '{"a":[{"b":{"c":1,"d":2,"c":3}}]}' },
    { name: "two keys __proto__", text: '{"__proto__":1,"__proto__":2}' },
    { name: "an escape", text: '{"a":"\\u0061"}' },
    { name: "two keys that are equal once unescaped", text: '{"a":1,"\\u0061":2}' },
    { name: "keys that the platform puts into an order of its own", text: '{"b":1,"2":2,"1":3}' },
    { name: "half of a surrogate pair", text: '"\ud800"' },
    { name: "one level too many", text: "[".repeat(maxDepth + 1) + "]".repeat(maxDepth + 1) },
    { name: "a byte order mark", text: "\ufeff{}" },
    { name: "no JSON", text: "{a:1}" },
    { name: "text after the value", text: "{} {}" },
    { name: "a string without an end", text: '{"a":"b' },
    { name: "nothing", text: "" },
  ])("$name", ({ text }) => {
    expect(plain(text)).toBeUndefined();
  });
});

test("no limit of depth goes beyond that of the strict reader", () => {
  const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
  for (const limit of [1_001, 5_000, Number.POSITIVE_INFINITY]) {
    expect(readPlainJson(nested(1_000), limit)).toBeDefined();
    expect(readPlainJson(nested(1_001), limit)).toBeUndefined();
    expect(parseJson(nested(1_001), { maxDepth: limit }).ok).toBe(false);
  }
});

const keys = fc.oneof(fc.constantFrom("a", "b", "c", "__proto__", "1", "01", "-", "e"), fc.string({ maxLength: 3 }));
const leaves = fc.oneof(
  fc.constantFrom("null", "true", "false", "0", "-0", "1.0", "1e5", "-12.50", "9007199254740993", "1e400", "01", "+1"),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.string({ unit: "binary", maxLength: 5 }).map((text) => JSON.stringify(text)),
  fc.string({ unit: "binary", maxLength: 5 }).map((text) => `"${text}"`),
);
const texts = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: "medium", withCrossShrink: true },
    leaves,
    fc.array(tie("value"), { maxLength: 4 }).map((all) => `[${all.join()}]`),
    fc
      .array(fc.tuple(keys, tie("value")), { maxLength: 4 })
      .map((all) => `{${all.map(([key, value]) => `${JSON.stringify(key)}: ${value}`).join(" ,")}}`),
  ),
})).value;

/** A few characters of a text replaced by others that mean something in JSON. */
const damaged = fc
  .tuple(texts, fc.array(fc.tuple(fc.nat(200), fc.constantFrom(...'"\\{}[]:,-.e0 1\ud800')), { maxLength: 2 }))
  .map(([text, changes]) =>
    changes.reduce(
      (changed, [at, by]) =>
        changed.slice(0, at % (changed.length + 1)) + by + changed.slice((at % (changed.length + 1)) + 1),
      text,
    ),
  );

test("on any text it makes the same node as the strict reader, or none", () => {
  let read = 0;
  fc.assert(
    fc.property(damaged, (text) => {
      const node = plain(text);
      if (node === undefined) return;
      read += 1;
      expect(node).toEqual(strict(text));
    }),
    { numRuns: 20_000 },
  );
  expect(read).toBeGreaterThan(2_000);
});
