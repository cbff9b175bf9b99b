import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson, codePointCompare, sha256 } from "../../schema/json/canonical.ts";
import { type JsonProblem, nodeOf, parseJson, toValue } from "../../schema/json/parse.ts";
import { formatPointer, parsePointer } from "../../schema/json/pointer.ts";
import { lineColumn } from "../../schema/json/position.ts";
import { showText } from "../../schema/json/show.ts";

function problems(input: string | Uint8Array, limits = {}): readonly JsonProblem[] {
  const parsed = parseJson(input, limits);
  return parsed.ok ? [] : parsed.problems;
}

describe("strict JSON refuses", () => {
  test.each([
    { name: "nothing", given: "", code: "unfinished", offset: 0 },
    { name: "an unclosed array", given: '["x"', code: "unfinished", offset: 4 },
    { name: "an unclosed string", given: '"x', code: "unfinished", offset: 2 },
    { name: "a byte order mark", given: "\ufeff{}", code: "bom", offset: 0 },
    { name: "a line comment", given: "{} // x", code: "comment", offset: 3 },
    { name: "a block comment", given: "[/* x */]", code: "comment", offset: 1 },
    { name: "a trailing comma", given: '{"a":1,}', code: "not_json", offset: 7 },
    { name: "text after the value", given: "{} {}", code: "trailing_text", offset: 3 },
    { name: "single quotes", given: "['x']", code: "not_json", offset: 1 },
    { name: "NaN", given: "[NaN]", code: "not_json", offset: 1 },
    { name: "a leading zero", given: "[01]", code: "not_json", offset: 1 },
    { name: "a raw control character", given: '["a\u0001"]', code: "not_json", offset: 3 },
    { name: "a raw line break in a string", given: '["a\n"]', code: "not_json", offset: 3 },
    { name: "half of a surrogate pair, escaped", given: '["\\ud800"]', code: "lone_surrogate", offset: 1 },
    { name: "half of a surrogate pair, raw", given: '["\ud800"]', code: "lone_surrogate", offset: 1 },
    { name: "half of a surrogate pair in a key", given: '{"\\udc00":1}', code: "lone_surrogate", offset: 1 },
    { name: "65 levels", given: "[".repeat(65) + "]".repeat(65), code: "too_deep", offset: 64 },
    { name: "a million levels", given: "[".repeat(1_000_000), code: "too_deep", offset: 64 },
  ])("$name", ({ given, code, offset }) => {
    expect(problems(given)).toEqual([expect.objectContaining({ code, offset })]);
  });

  test("bytes that are not UTF-8", () => {
    expect(problems(new Uint8Array([0x22, 0xff, 0x22]))).toEqual([
      expect.objectContaining({ code: "not_utf8", offset: 1 }),
    ]);
    expect(problems(new Uint8Array([0xef, 0xbb, 0xbf, 0x31]))[0]?.code).toBe("bom");
  });

  test("one byte more than the limit, counted in UTF-8", () => {
    expect(problems('"aé"', { maxBytes: 5 })).toEqual([]);
    expect(problems('"aé"', { maxBytes: 4 })[0]?.code).toBe("too_large");
    expect(problems(new TextEncoder().encode('"aé"'), { maxBytes: 4 })[0]?.code).toBe("too_large");
  });

  test("every duplicate key and lone surrogate at once, each duplicate with the place of the first", () => {
    const text = '{"a":1,"\\u0061":{"b":"\\ud800","b":2},"a":3}';
    expect(problems(text).map(({ code, offset, otherOffset }) => [code, offset, otherOffset])).toEqual([
      ["duplicate_key", 7, 1],
      ["lone_surrogate", 21, undefined],
      ["duplicate_key", 30, 17],
      ["duplicate_key", 37, 1],
    ]);
  });
});

describe("strict JSON accepts", () => {
  test("64 levels, and __proto__ as an ordinary key", () => {
    expect(parseJson("[".repeat(64) + "]".repeat(64)).ok).toBe(true);
    const parsed = parseJson('{"__proto__":{"x":1},"constructor":2}');
    const value = parsed.ok ? toValue(parsed.root) : undefined;
    expect(Object.getPrototypeOf(value)).toBe(null);
    expect(JSON.stringify(value)).toBe('{"__proto__":{"x":1},"constructor":2}');
  });

  test("exactly what the platform's parser accepts, duplicates and surrogates aside", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.json(), fc.string({ unit: fc.constantFrom(...'{}[]",:0123.eE+-\\utrfalsn \n\u0001') })),
        (text) => {
          const parsed = parseJson(text);
          if (parsed.ok) expect(canonicalJson(toValue(parsed.root))).toBe(canonicalJson(JSON.parse(text)));
          else if (parsed.problems[0]?.code !== "duplicate_key" && parsed.problems[0]?.code !== "lone_surrogate") {
            expect(() => JSON.parse(text)).toThrow();
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  test("number text as written, and positions that cut the text", () => {
    const text = '{ "a" : [1.50, -0, 1E400] }';
    const parsed = parseJson(text);
    const list = parsed.ok && parsed.root.kind === "object" ? parsed.root.members[0]?.value : undefined;
    const elements = list?.kind === "array" ? list.elements : [];
    expect(elements.map((node) => text.slice(node.start, node.end))).toEqual(["1.50", "-0", "1E400"]);
    expect(elements.map((node) => node.kind === "number" && node.text)).toEqual(["1.50", "-0", "1E400"]);
  });
});

describe("an in-memory value is no JSON", () => {
  const cyclic: unknown[] = [];
  cyclic.push(cyclic);
  test.each([
    { name: "undefined", given: undefined },
    { name: "a member that is undefined", given: { a: undefined } },
    { name: "a function", given: { a: () => 1 } },
    { name: "a toJSON method", given: { toJSON: () => "x" } },
    { name: "NaN", given: [Number.NaN] },
    { name: "a bigint", given: [1n] },
    { name: "a date", given: new Date(0) },
    { name: "a map", given: new Map() },
    { name: "a cycle", given: cyclic },
    { name: "a hole", given: new Array(1) },
    { name: "an array with members", given: Object.assign([1], { x: 1 }) },
    { name: "a getter", given: Object.defineProperty({}, "a", { get: () => 1, enumerable: true }) },
    { name: "a hidden member", given: Object.defineProperty({}, "a", { value: 1 }) },
    { name: "a symbol key", given: { [Symbol("a")]: 1 } },
    { name: "a lone surrogate", given: "\ud800" },
    { name: "a lone surrogate as a key", given: { "\ud800": 1 } },
    {
      name: "a throwing proxy",
      given: new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error("no");
          },
        },
      ),
    },
  ])("$name", ({ given }) => {
    expect(nodeOf(given)).toBeUndefined();
  });

  test("plain data of any prototype-free shape comes back as it was", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const node = nodeOf(value);
        if (node !== undefined) expect(canonicalJson(toValue(node))).toBe(canonicalJson(value));
        else expect(JSON.stringify(value).isWellFormed() && !/\\ud[89a-f]/i.test(JSON.stringify(value))).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  test("negative zero keeps its sign as text", () => {
    expect(nodeOf(-0)).toMatchObject({ kind: "number", text: "-0" });
  });
});

describe("small parts", () => {
  test("pointers survive any tokens", () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (tokens) => {
        expect(parsePointer(formatPointer(tokens))).toEqual(tokens);
      }),
    );
  });

  test("lines and columns count from 1, in UTF-16 units, over every line ending", () => {
    const text = "a\r\nb\rc\n😀d";
    expect([0, 3, 5, 7, 9].map((offset) => lineColumn(text, offset))).toEqual([
      { line: 1, column: 1 },
      { line: 2, column: 1 },
      { line: 3, column: 1 },
      { line: 4, column: 1 },
      { line: 4, column: 3 },
    ]);
  });

  test("code point order puts U+10000 after U+FFFF", () => {
    expect(["\u{10000}", "\uffff", "b", "a", ""].sort(codePointCompare)).toEqual(["", "a", "b", "\uffff", "\u{10000}"]);
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (a, b) => {
        const points = (text: string) => Array.from(text, (c) => c.codePointAt(0) ?? 0);
        const [x, y] = [points(a), points(b)];
        const i = x.findIndex((point, at) => point !== y[at]);
        const want = i < 0 ? x.length - y.length : (x[i] ?? 0) - (y[i] ?? -1);
        expect(Math.sign(codePointCompare(a, b))).toBe(Math.sign(want));
      }),
    );
  });

  test("digests are those of the standard", () => {
    const empty = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    expect([sha256(""), sha256(new Uint8Array())]).toEqual([empty, empty]);
  });

  test("messages show what cannot be seen and are cut at 80 characters", () => {
    expect(showText("a\u200bb\u202ec\n")).toBe("a\\u{200b}b\\u{202e}c\\n");
    expect(showText("x".repeat(81))).toBe(`${"x".repeat(80)}…`);
  });
});
