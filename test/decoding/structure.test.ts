import { describe, expect, test } from "vitest";
import type { Effect } from "../../schema/envelope.ts";
import { call, outcome } from "./calls.ts";

const q = { q: { type: "integer", from: "/q" } } as const;
const deep = { n: { type: "integer", from: "/a/b/n" } } as const;
const payments = {
  total: { type: "integer", from: "/payments/*/amount", aggregate: "sum" },
  to: { type: "set", from: "/payments/*/to", of: "string" },
} as const;

interface Row {
  name: string;
  effect: Partial<Effect>;
  args: unknown;
  want: unknown;
}

describe("every leaf must be claimed", () => {
  const rows: Row[] = [
    { name: "an undeclared argument", effect: { fields: q }, args: { q: 1, x: 2 }, want: ["decode/x"] },
    { name: "an undeclared null", effect: { fields: q }, args: { q: 1, x: null }, want: ["decode/x"] },
    { name: "an undeclared empty object", effect: { fields: q }, args: { q: 1, x: {} }, want: ["decode/x"] },
    { name: "an undeclared empty array", effect: { fields: q }, args: { q: 1, x: [] }, want: ["decode/x"] },
    {
      name: "an undeclared tree, once, at its top",
      effect: { fields: q },
      args: { q: 1, x: { y: { z: 1 }, w: [1] } },
      want: ["decode/x"],
    },
    { name: "two of them", effect: {}, args: { b: 1, a: 2 }, want: ["decode/a", "decode/b"] },
    {
      name: "a sibling deep below",
      effect: { fields: deep },
      args: { a: { b: { n: 1, m: 2 }, c: 3 } },
      want: ["decode/a/b/m", "decode/a/c"],
    },
    {
      name: "a sibling in an element",
      effect: { fields: payments },
      args: {
        payments: [
          { amount: 1, to: "x" },
          { amount: 2, to: "y", cc: "z" },
        ],
      },
      want: ["decode/payments/1/cc"],
    },
    { name: "a name that needs escaping", effect: {}, args: { "a/b~c": 1 }, want: ["decode/a~1b~0c"] },
    { name: "__proto__", effect: {}, args: '{"__proto__":{"q":1}}', want: ["decode/__proto__"] },
    {
      name: "constructor, toString and hasOwnProperty",
      effect: {},
      args: '{"constructor":1,"toString":1,"hasOwnProperty":1}',
      want: ["decode/constructor", "decode/hasOwnProperty", "decode/toString"],
    },
    {
      name: "a look-alike of a declared name",
      effect: { fields: q },
      args: { q: 1, "q\u200b": 2, ｑ: 3 },
      want: ["decode/q\u200b", "decode/ｑ"],
    },
    { name: "another case of a declared name", effect: { fields: q }, args: { q: 1, Q: 2 }, want: ["decode/Q"] },
    { name: "nothing, where nothing is declared", effect: {}, args: {}, want: {} },
  ];
  test.each(rows)("$name", ({ effect, args, want }) => expect(outcome(call(effect, args))).toEqual(want));
});

describe("a missing or mistyped argument", () => {
  const rows: Row[] = [
    { name: "missing", effect: { fields: q }, args: {}, want: ["decode/q"] },
    { name: "null", effect: { fields: q }, args: { q: null }, want: ["decode/q"] },
    { name: "an object", effect: { fields: q }, args: { q: { v: 1 } }, want: ["decode/q"] },
    { name: "missing with the objects above it", effect: { fields: deep }, args: {}, want: ["decode/a/b/n"] },
    {
      name: "a scalar in the way",
      effect: { fields: { ...deep, ...{ m: { type: "string", from: "/a/m" } } } },
      args: { a: 5 },
      want: ["decode/a"],
    },
    {
      name: "an array in the way, not walked by index",
      effect: { fields: { n: { type: "integer", from: "/a/0" } } },
      args: { a: [1] },
      want: ["decode/a"],
    },
    { name: "null in the way", effect: { fields: deep }, args: { a: { b: null } }, want: ["decode/a/b"] },
    {
      name: "a scalar in the way of what is ignored",
      effect: { ignored: ["/a/b"] },
      args: { a: 5 },
      want: ["decode/a"],
    },
    {
      name: "a scalar in the way, below an argument taken whole",
      effect: { fields: { d: { type: "digest", from: "/a" }, n: { type: "integer", from: "/a/n" } } },
      args: { a: 5 },
      want: ["decode/a"],
    },
    {
      name: "one id for two fields of one argument",
      effect: { fields: { s: { type: "string", from: "/s" }, n: { type: "length", from: "/s" } } },
      args: {},
      want: ["decode/s"],
    },
    {
      name: "all failures at once, by id in code point order",
      effect: { fields: { ...q, ...deep } },
      args: { z: 1, "\u{10000}": 1, "\uffff": 1 },
      want: ["decode/a/b/n", "decode/q", "decode/z", "decode/\uffff", "decode/\u{10000}"],
    },
  ];
  test.each(rows)("$name", ({ effect, args, want }) => expect(outcome(call(effect, args))).toEqual(want));
});

describe("arrays", () => {
  const numbers = (aggregate: "sum" | "max" | "min" | "count" | "each") =>
    ({ fields: { n: { type: "integer", from: "/p/*/n", aggregate } } }) as const;
  const nested = { fields: { n: { type: "integer", from: "/a/*/b/*/c", aggregate: "sum" } } } as const;
  const rows: Row[] = [
    { name: "missing", effect: { fields: payments }, args: {}, want: ["decode/payments"] },
    {
      name: "not an array",
      effect: { fields: payments },
      args: { payments: { amount: 1 } },
      want: ["decode/payments"],
    },
    { name: "a scalar", effect: { fields: payments }, args: { payments: 5 }, want: ["decode/payments"] },
    { name: "null", effect: { fields: payments }, args: { payments: null }, want: ["decode/payments"] },
    {
      name: "an element without the member",
      effect: { fields: payments },
      args: { payments: [{ amount: 1, to: "x" }, { to: "y" }] },
      want: ["decode/payments/1/amount"],
    },
    {
      name: "elements that are no objects",
      effect: { fields: payments },
      args: { payments: [1, null, [], { amount: 1, to: "x" }] },
      want: ["decode/payments/0", "decode/payments/1", "decode/payments/2"],
    },
    {
      name: "bad elements, one id each",
      effect: { fields: payments },
      args: {
        payments: [
          { amount: "1", to: "x" },
          { amount: 1.5, to: 7 },
        ],
      },
      want: ["decode/payments/0/amount", "decode/payments/1/amount", "decode/payments/1/to"],
    },
    {
      name: "a sum beyond 2^53-1, and nothing below it",
      effect: { fields: payments },
      args: {
        payments: [
          { amount: 9007199254740991, to: "x" },
          { amount: 1, to: 5, cc: 1 },
        ],
      },
      want: ["decode/payments"],
    },
    {
      name: "a sum that overflows on the way only",
      effect: numbers("sum"),
      args: { p: [{ n: 9007199254740991 }, { n: 9007199254740991 }, { n: -9007199254740991 }] },
      want: { n: 9007199254740991 },
    },
    { name: "max of nothing", effect: numbers("max"), args: { p: [] }, want: ["decode/p"] },
    { name: "min of nothing", effect: numbers("min"), args: { p: [] }, want: ["decode/p"] },
    { name: "each of nothing", effect: numbers("each"), args: { p: [] }, want: ["decode/p"] },
    { name: "sum of nothing", effect: numbers("sum"), args: { p: [] }, want: { n: 0 } },
    { name: "count of nothing", effect: numbers("count"), args: { p: [] }, want: { n: 0 } },
    {
      name: "a set of nothing",
      effect: { fields: { s: { type: "set", from: "/s", of: "host" } } },
      args: { s: [] },
      want: { s: { count: 0, items: [], under: [] } },
    },
    { name: "max", effect: numbers("max"), args: { p: [{ n: 3 }, { n: -7 }, { n: 5 }] }, want: { n: 5 } },
    { name: "min", effect: numbers("min"), args: { p: [{ n: 3 }, { n: -7 }, { n: 5 }] }, want: { n: -7 } },
    {
      name: "each",
      effect: numbers("each"),
      args: { p: [{ n: 3 }, { n: -7 }, { n: 5 }] },
      want: { n: { min: -7, max: 5 } },
    },
    { name: "count", effect: numbers("count"), args: { p: [{ n: 3 }, { n: 3 }] }, want: { n: 2 } },
    {
      name: "a bad element fails even where elements are only counted",
      effect: numbers("count"),
      args: { p: [{ n: 3 }, { n: "3" }] },
      want: ["decode/p/1/n"],
    },
    {
      name: "elements that are numbers themselves",
      effect: { fields: { n: { type: "integer", from: "/p/*", aggregate: "sum" } } },
      args: { p: [1, 2, 3] },
      want: { n: 6 },
    },
    {
      name: "exact sums of decimals",
      effect: { fields: { n: { type: "decimal", scale: 2, from: "/p/*", aggregate: "sum" } } },
      args: '{"p":[0.1,"0.20",0.3]}',
      want: { n: 60 },
    },
    {
      name: "an array of arrays",
      effect: nested,
      args: { a: [{ b: [{ c: 1 }] }, { b: [] }, { b: [{ c: 2 }, { c: 3 }] }] },
      want: { n: 6 },
    },
    {
      name: "a bad element before one that lacks another member",
      effect: { fields: payments },
      args: { payments: [{ amount: "x", to: "y" }, { to: "y" }] },
      want: ["decode/payments/0/amount", "decode/payments/1/amount"],
    },
    {
      name: "a bad element of a set before one that lacks its member",
      effect: { fields: payments },
      args: { payments: [{ amount: "x", to: 5 }, { amount: 2 }] },
      want: ["decode/payments/0/amount", "decode/payments/0/to", "decode/payments/1/to"],
    },
    {
      name: "a bad element behind one that lacks its member, and behind one that is no object",
      effect: { fields: payments },
      args: { payments: [{ to: "x" }, 7, { amount: true, to: null }] },
      want: ["decode/payments/0/amount", "decode/payments/1", "decode/payments/2/amount", "decode/payments/2/to"],
    },
    {
      name: "a bad element of an inner array before a missing one",
      effect: nested,
      args: { a: [{ b: [{ c: "x" }] }, {}] },
      want: ["decode/a/0/b/0/c", "decode/a/1/b"],
    },
    {
      name: "a duplicate in a set that lacks an element",
      effect: { fields: { s: { type: "set", from: "/p/*/n", of: "string", unique: true } } },
      args: { p: [{ n: "x" }, { n: "x" }, {}] },
      want: ["decode/p/1/n", "decode/p/2/n"],
    },
    {
      name: "too many elements of a set that lacks one: at the array, nothing below",
      effect: { fields: { s: { type: "set", from: "/p/*/n", of: "string", limit: 1 } } },
      args: { p: [{ n: "x" }, { n: 5 }, {}] },
      want: ["decode/p"],
    },
    {
      name: "no sum over what is incomplete, however large",
      effect: numbers("sum"),
      args: { p: [{ n: 9007199254740991 }, { n: 9007199254740991 }, {}] },
      want: ["decode/p/2/n"],
    },
    { name: "a missing inner array", effect: nested, args: { a: [{ b: [] }, {}] }, want: ["decode/a/1/b"] },
    {
      name: "an empty inner array",
      effect: { fields: { n: { type: "integer", from: "/a/*/b/*", aggregate: "max" } } },
      args: { a: [{ b: [1] }, { b: [] }] },
      want: ["decode/a/1/b"],
    },
    {
      name: "lengths",
      effect: { fields: { n: { type: "length", from: "/p/*", aggregate: "max" } } },
      args: { p: ["a", "😀😀", ""] },
      want: { n: 2 },
    },
  ];
  test.each(rows)("$name", ({ effect, args, want }) => expect(outcome(call(effect, args))).toEqual(want));
});

describe("ignored and absent", () => {
  const effect = { ignored: ["/note", "/p/*/memo"], absent: ["/override", "/opts/force"] };
  const rows: Row[] = [
    { name: "ignored covers what is below", effect, args: { note: { any: [{ thing: 1 }] } }, want: {} },
    { name: "ignored below an element", effect, args: { p: [{ memo: 1 }, {}] }, want: {} },
    { name: "beside what is ignored in an element", effect, args: { p: [{ memo: 1, x: 1 }] }, want: ["decode/p/0/x"] },
    { name: "an element that is no object", effect, args: { p: ["x"] }, want: ["decode/p/0"] },
    { name: "absent missing", effect, args: {}, want: {} },
    { name: "absent null", effect, args: { override: null }, want: {} },
    { name: "absent empty string", effect, args: { override: "" }, want: {} },
    { name: "absent empty array", effect, args: { override: [] }, want: {} },
    { name: "absent empty object", effect, args: { override: {}, opts: {} }, want: {} },
    { name: "absent false is there", effect, args: { override: false }, want: ["decode/override"] },
    { name: "absent zero is there", effect, args: { override: 0 }, want: ["decode/override"] },
    { name: "absent blank is there", effect, args: { override: " " }, want: ["decode/override"] },
    {
      name: "absent with content, once",
      effect,
      args: { opts: { force: { a: 1, b: [2] } } },
      want: ["decode/opts/force"],
    },
    { name: "null above what must be absent", effect, args: { opts: null }, want: ["decode/opts"] },
  ];
  test.each(rows)("$name", ({ effect, args, want }) => expect(outcome(call(effect, args))).toEqual(want));

  test("what must be absent is a matter of scope, other failures are not", () => {
    const decoded = call(effect, { override: true, x: 1 });
    expect(decoded.ok ? [] : decoded.failures.map(({ code, pointer }) => [code, pointer])).toEqual([
      ["SCOPE_VIOLATION", "/args/override"],
      ["DECODE_FAILED", "/args/x"],
    ]);
  });
});

test("messages say what was expected and found, escaped and cut", () => {
  const decoded = call({ fields: q }, { q: `evil\u202e${"x".repeat(100)}`, "y\n": 1 });
  const messages = decoded.ok ? [] : decoded.failures.map(({ message }) => message);
  expect(messages).toEqual([
    `\`/q\` must be an integer, found the string \`evil\\u{202e}${"x".repeat(75)}…\``,
    "`/y\\n` is no declared argument of `e`",
  ]);
});
