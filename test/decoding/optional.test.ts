import { describe, expect, test } from "vitest";
import type { Fields } from "../../schema/envelope.ts";
import { call, outcome } from "./calls.ts";

const fee: Fields = {
  fee: { type: "decimal", from: "/opts/fee", scale: 2, optional: true, default: "0.50" },
  q: { type: "integer", from: "/q" },
};

/** The arguments that will be executed, as JSON. */
function executed(fields: Fields, args: unknown): string {
  const decoded = call({ fields, ignored: ["/note"] }, args);
  return decoded.ok ? JSON.stringify(decoded.call.args) : "refused";
}

describe("an optional argument", () => {
  test.each([
    { name: "blocked by null above it", args: { q: 1, opts: null }, want: ["decode/opts"] },
    { name: "sent as an empty string", args: { q: 1, opts: { fee: "" } }, want: ["decode/opts/fee"] },
    { name: "sent as false", args: { q: 1, opts: { fee: false } }, want: ["decode/opts/fee"] },
    { name: "sent as an empty array", args: { q: 1, opts: { fee: [] } }, want: ["decode/opts/fee"] },
    { name: "missing", args: { q: 1 }, want: { fee: 50, q: 1 } },
    { name: "missing in an object that is there", args: { q: 1, opts: {} }, want: { fee: 50, q: 1 } },
    { name: "null", args: { q: 1, opts: { fee: null } }, want: { fee: 50, q: 1 } },
    { name: "sent", args: { q: 1, opts: { fee: "0.00" } }, want: { fee: 0, q: 1 } },
  ])("$name", ({ args, want }) => expect(outcome(call({ fields: fee }, args))).toEqual(want));

  test("null in its place is a type error where the argument is not optional", () => {
    expect(outcome(call({ fields: fee }, { q: null }))).toEqual(["decode/q"]);
  });

  test("its default is put into the executed call, and nothing else is changed", () => {
    expect(executed(fee, { q: 1, note: { b: [1, null], a: "x" } })).toBe(
      '{"q":1,"note":{"b":[1,null],"a":"x"},"opts":{"fee":"0.50"}}',
    );
    expect(executed(fee, { opts: { fee: null }, q: 1 })).toBe('{"opts":{"fee":"0.50"},"q":1}');
    expect(executed(fee, { opts: { fee: 7 }, q: 1 })).toBe('{"opts":{"fee":7},"q":1}');
  });

  test("its default is decoded like a sent value", () => {
    const bad: Fields = { n: { type: "integer", from: "/n", optional: true, default: "5" } };
    expect(outcome(call({ fields: bad }, {}))).toEqual(["decode/n"]);
  });

  test("sets, urls and objects may be defaults", () => {
    const fields: Fields = {
      s: { type: "set", from: "/s", of: "string", optional: true, default: ["b", "a"] },
      d: { type: "digest", from: "/d", optional: true, default: { x: 1 } },
    };
    expect(outcome(call({ fields }, {}))).toMatchObject({ s: { count: 2, items: ["a", "b"] } });
    expect(executed(fields, {})).toBe('{"d":{"x":1},"s":["b","a"]}');
  });

  test("two fields of one argument with different defaults cannot both be filled in", () => {
    const fields: Fields = {
      s: { type: "string", from: "/s", optional: true, default: "a" },
      n: { type: "length", from: "/s", optional: true, default: "bb" },
    };
    expect(outcome(call({ fields }, {}))).toEqual(["decode/s"]);
    expect(outcome(call({ fields }, { s: "xyz" }))).toEqual({ n: 3, s: "xyz" });
  });

  test("an argument called __proto__ is an ordinary one", () => {
    const fields: Fields = { p: { type: "string", from: "/__proto__/x", optional: true, default: "safe" } };
    expect(executed(fields, {})).toBe('{"__proto__":{"x":"safe"}}');
    expect(executed(fields, '{"__proto__":{"x":"sent"}}')).toBe('{"__proto__":{"x":"sent"}}');
    const decoded = call({ fields }, "{}");
    expect(Object.getPrototypeOf(decoded.ok ? decoded.call.args : {})).toBe(null);
    expect("constructor" in (decoded.ok ? decoded.call.fields : {})).toBe(false);
  });
});
