import { describe, expect, test } from "vitest";
import type { Effect, Fields } from "../../schema/envelope.ts";
import { hasHidden } from "../../schema/values/characters.ts";
import { call, outcome } from "./calls.ts";

interface Row {
  name: string;
  fields: Fields;
  args: unknown;
  want: unknown;
}

function check(rows: Row[]): void {
  test.each(rows)("$name", ({ fields, args, want }) => expect(outcome(call({ fields }, args))).toEqual(want));
}

describe("string", () => {
  const s: Fields = { s: { type: "string", from: "/s", maxLength: 3 } };
  const lines: Fields = { s: { type: "string", from: "/s", multiline: true } };
  const bad = ["decode/s"];
  check([
    { name: "a number", fields: s, args: { s: 1 }, want: bad },
    { name: "a boolean", fields: s, args: { s: true }, want: bad },
    { name: "null", fields: s, args: { s: null }, want: bad },
    { name: "too long", fields: s, args: { s: "abcd" }, want: bad },
    ...[
      "\u0000",
      "\t",
      "\n",
      "\u007f",
      "\u0085",
      "\u00ad",
      "\u200b",
      "\u200d",
      "\u202e",
      "\u2028",
      "\u2029",
      "\ufeff",
      "\u{e0041}",
    ].map((c) => ({
      name: `U+${c.codePointAt(0)?.toString(16)}`,
      fields: s,
      args: { s: `a${c}` },
      want: bad,
    })),
    ...["\u0000", "\u000b", "\u200b", "\u2028", "\u0085"].map((c) => ({
      name: `U+${c.codePointAt(0)?.toString(16)} where lines are allowed`,
      fields: lines,
      args: { s: `a${c}` },
      want: bad,
    })),
    {
      name: "line breaks and tabs where they are allowed",
      fields: lines,
      args: { s: "a\r\n\tb" },
      want: { s: "a\r\n\tb" },
    },
    { name: "code points, not units, are counted", fields: s, args: { s: "😀😀😀" }, want: { s: "😀😀😀" } },
    { name: "look-alikes and case stay as they are", fields: s, args: { s: "МNQ" }, want: { s: "МNQ" } },
    { name: "no normalisation", fields: s, args: { s: "e\u0301" }, want: { s: "e\u0301" } },
    { name: "empty", fields: s, args: { s: "" }, want: { s: "" } },
  ]);
});

test("every control and format character of the platform's Unicode is refused, and no letter is", () => {
  const wrong: string[] = [];
  for (let point = 0; point <= 0x10ffff; point++) {
    if (point >= 0xd800 && point <= 0xdfff) continue;
    const character = String.fromCodePoint(point);
    if (/[\p{Cc}\p{Cf}\u2028\u2029]/u.test(character) !== hasHidden(character)) wrong.push(point.toString(16));
  }
  expect(wrong).toEqual([]);
});

describe("boolean and length", () => {
  const b: Fields = { b: { type: "boolean", from: "/b" } };
  const n: Fields = { n: { type: "length", from: "/b" } };
  check([
    { name: "a string is no boolean", fields: b, args: { b: "true" }, want: ["decode/b"] },
    { name: "a number is no boolean", fields: b, args: { b: 1 }, want: ["decode/b"] },
    { name: "false", fields: b, args: { b: false }, want: { b: false } },
    { name: "an array has no length", fields: n, args: { b: ["x"] }, want: ["decode/b"] },
    { name: "length counts code points, hidden ones too", fields: n, args: { b: "a\u200b😀" }, want: { n: 3 } },
  ]);
});

describe("digest", () => {
  const d: Fields = { d: { type: "digest", from: "/d" } };
  check([
    { name: "missing", fields: d, args: {}, want: ["decode/d"] },
    { name: "null", fields: d, args: { d: null }, want: ["decode/d"] },
    { name: "a fraction anywhere", fields: d, args: { d: [{ a: 1.5 }] }, want: ["decode/d"] },
    { name: "1.0, which JCS would write as 1", fields: d, args: '{"d":1.0}', want: ["decode/d"] },
    { name: "1e2", fields: d, args: '{"d":[1e2]}', want: ["decode/d"] },
    { name: "beyond the safe range", fields: d, args: '{"d":9007199254740992}', want: ["decode/d"] },
    { name: "-0", fields: d, args: '{"d":-0}', want: ["decode/d"] },
    {
      name: "the order of keys does not matter",
      fields: { ...d, e: { type: "digest", from: "/e" } },
      args: { d: { a: 1, b: [null] }, e: { b: [null], a: 1 } },
      want: {
        d: "sha256:8977f14eaca9917791c9fe76774f63718de7578b62a92953e793da962a11a29e",
        e: "sha256:8977f14eaca9917791c9fe76774f63718de7578b62a92953e793da962a11a29e",
      },
    },
  ]);
});

describe("set", () => {
  const set = (of: "string" | "integer" | "host" | "email" | "path" | "ip", rest = {}): Fields => ({
    s: { type: "set", from: "/s", of, ...rest },
  });
  check([
    { name: "missing", fields: set("string"), args: {}, want: ["decode/s"] },
    { name: "a scalar", fields: set("string"), args: { s: "a" }, want: ["decode/s"] },
    { name: "null", fields: set("string"), args: { s: null }, want: ["decode/s"] },
    { name: "an object", fields: set("string"), args: { s: { 0: "a" } }, want: ["decode/s"] },
    {
      name: "each bad element",
      fields: set("string"),
      args: { s: ["a", 1, null, "b\u200b", []] },
      want: ["decode/s/1", "decode/s/2", "decode/s/3", "decode/s/4"],
    },
    { name: "numbers as strings", fields: set("integer"), args: { s: ["1"] }, want: ["decode/s/0"] },
    {
      name: "more than the limit, before duplicates collapse",
      fields: set("string", { limit: 2 }),
      args: { s: ["a", "a", "a"] },
      want: ["decode/s"],
    },
    {
      name: "1,001 elements",
      fields: set("integer"),
      args: { s: Array.from({ length: 1001 }, () => 1) },
      want: ["decode/s"],
    },
    {
      name: "1,000 elements",
      fields: set("integer"),
      args: { s: Array.from({ length: 1000 }, () => 1) },
      want: { s: { count: 1, items: [1] } },
    },
    {
      name: "duplicates where they are refused",
      fields: set("string", { unique: true }),
      args: { s: ["a", "b", "a", "a"] },
      want: ["decode/s/2", "decode/s/3"],
    },
    {
      name: "two spellings of one host where duplicates are refused",
      fields: set("host", { unique: true }),
      args: { s: ["A.example", "a.example"] },
      want: ["decode/s/1"],
    },
    {
      name: "duplicates collapse after canonicalisation",
      fields: set("host"),
      args: { s: ["B.c", "a.c", "b.C"] },
      want: {
        s: {
          count: 2,
          items: ["a.c", "b.c"],
          under: [
            ["a.c", "c"],
            ["b.c", "c"],
          ],
        },
      },
    },
    {
      name: "strings in code point order",
      fields: set("string"),
      args: { s: ["\u{10000}", "\uffff", "b", "B"] },
      want: { s: { count: 4, items: ["B", "b", "\uffff", "\u{10000}"] } },
    },
    {
      name: "numbers in their own order",
      fields: set("integer"),
      args: { s: [10, 9, -1] },
      want: { s: { count: 3, items: [-1, 9, 10] } },
    },
    {
      name: "paths relative to the base of the set",
      fields: set("path", { base: "/srv" }),
      args: { s: ["x/", "/srv/x"] },
      want: { s: { count: 1, items: ["/srv/x"], under: [["/srv/x", "/srv", "/"]] } },
    },
    {
      name: "a path that leaves the base",
      fields: set("path", { base: "/srv" }),
      args: { s: ["ok", "../x"] },
      want: ["decode/s/1"],
    },
  ]);

  const hosts = (count: number) => ({ s: Array.from({ length: count }, (_, i) => `h${i}.example`) });
  const judged = (operator: object, limit?: number): Partial<Effect> => ({
    fields: set("host", limit === undefined ? {} : { limit }),
    allow: { s: operator },
  });
  test("a set judged by `under` has at most 32 elements", () => {
    const under = { under: ["example"] };
    expect(outcome(call(judged(under), hosts(33)))).toEqual(["decode/s"]);
    expect(call(judged(under), hosts(32)).ok).toBe(true);
    expect(outcome(call(judged(under, 1000), hosts(33)))).toEqual(["decode/s"]);
    expect(call(judged({ noneUnder: ["evil"] }), hosts(33)).ok).toBe(true);
  });
});

describe("product", () => {
  const price = { type: "decimal", from: "/p", scale: 2 } as const;
  const qty = { type: "integer", from: "/q" } as const;
  const fields = (scale: number): Fields => ({ p: price, q: qty, total: { type: "product", of: ["p", "q"], scale } });
  const squared = (scale: number): Fields => ({ p: price, total: { type: "product", of: ["p", "p"], scale } });
  check([
    { name: "exact", fields: fields(2), args: { p: "1.25", q: 3 }, want: { p: 125, q: 3, total: 375 } },
    { name: "of a larger scale", fields: fields(4), args: { p: "1.25", q: 3 }, want: { p: 125, q: 3, total: 37500 } },
    {
      name: "that fits without rounding",
      fields: fields(1),
      args: { p: "1.25", q: 2 },
      want: { p: 125, q: 2, total: 25 },
    },
    { name: "that would round", fields: fields(1), args: { p: "1.25", q: 3 }, want: ["decode"] },
    { name: "of scales that add", fields: squared(2), args: { p: "1.50" }, want: { p: 150, total: 225 } },
    { name: "overflow", fields: fields(2), args: { p: "90071992547409.91", q: 2 }, want: ["decode"] },
    {
      name: "beyond 2^53 on the way only",
      fields: squared(0),
      args: { p: "90000000.00" },
      want: { p: 9000000000, total: 8100000000000000 },
    },
    { name: "silent where an operand failed", fields: fields(2), args: { p: "x", q: 3 }, want: ["decode/p"] },
    {
      name: "beside another failure",
      fields: fields(1),
      args: { p: "1.25", q: 3, x: 1 },
      want: ["decode", "decode/x"],
    },
    {
      name: "of a product",
      fields: { ...fields(2), all: { type: "product", of: ["total", "q"], scale: 2 } },
      args: { p: "1.25", q: 2 },
      want: { all: 500, p: 125, q: 2, total: 250 },
    },
  ]);
});

describe("rows", () => {
  test("tie canonical values to one string", () => {
    const decoded = call(
      {
        fields: {
          host: { type: "host", from: "/h" },
          fee: { type: "decimal", from: "/f", scale: 2 },
          tags: { type: "set", from: "/t", of: "string" },
          on: { type: "boolean", from: "/o" },
          u: { type: "url", from: "/u" },
        },
        rows: [
          { fields: ["host", "fee", "tags", "on"], oneOf: [["x", 1, ["a"], true]] },
          { fields: ["u.host", "u.port"], oneOf: [["e.com", 443]] },
        ],
      },
      { h: "A.example", f: "1.50", t: ["b", "a", "b"], o: false, u: "https://E.com/" },
    );
    expect(decoded.ok && decoded.call.fields["rows/0"]).toBe('["a.example",150,["a","b"],false]');
    expect(decoded.ok && decoded.call.fields["rows/1"]).toBe('["e.com",443]');
  });
});
