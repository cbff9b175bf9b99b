import { runTable } from "../run.ts";

const names = (op: "==" | "!=") => ({
  fields: { from: { type: "host", from: "/from" }, to: { type: "host", from: "/to" } } as const,
  allow: { from: { under: ["example.com"] }, to: { under: ["example.com"] } },
  relations: [{ left: "from", op, right: "to" }],
});
const deny = "deny effects/act/relations/0";

runTable("relations: not the same host", {
  effect: names("!="),
  cases: [
    { given: "two hosts", args: { from: "a.example.com", to: "b.example.com" }, want: "allow" },
    { given: "one host", args: { from: "a.example.com", to: "a.example.com" }, want: deny },
    { given: "one host in two spellings", args: { from: "a.example.com", to: "A.EXAMPLE.com" }, want: deny },
    {
      given: "a side is missing",
      fields: { from: { value: "a.example.com", under: ["a.example.com", "example.com", "com"] } },
      want: "deny effects/act/allow/to effects/act/relations/0",
    },
    {
      given: "a side is a bare text",
      fields: { from: "a.example.com", to: { value: "b.example.com", under: ["example.com"] } },
      want: "deny effects/act/allow/from effects/act/relations/0",
    },
  ],
});

runTable("relations: the same host", {
  effect: names("=="),
  cases: [
    { given: "one host", args: { from: "a.example.com", to: "a.example.com" }, want: "allow" },
    { given: "two hosts", args: { from: "a.example.com", to: "b.example.com" }, want: deny },
  ],
});

runTable("relations: another text", {
  effect: {
    fields: { from: { type: "string", from: "/from" }, to: { type: "string", from: "/to" } },
    allow: { from: { oneOf: ["a", "b"] }, to: { oneOf: ["a", "b"] } },
    relations: [{ left: "from", op: "!=", right: "to" }],
  },
  cases: [
    { given: "another", args: { from: "a", to: "b" }, want: "allow" },
    { given: "the same", args: { from: "a", to: "a" }, want: deny },
    {
      given: "a number is no other text",
      fields: { from: 1, to: "b" },
      want: "deny effects/act/allow/from effects/act/relations/0",
    },
    {
      given: "true is no other text",
      fields: { from: "a", to: true },
      want: "deny effects/act/allow/to effects/act/relations/0",
    },
  ],
});

const numbers = (op: "<" | "<=" | "==" | "!=") => ({
  fields: {
    low: { type: "decimal", from: "/low", scale: 2 },
    high: { type: "decimal", from: "/high", scale: 2 },
  } as const,
  perCall: { low: { min: "-9.00", max: "90071992547409.91" }, high: { min: "-9.00", max: "90071992547409.91" } },
  relations: [{ left: "low", op, right: "high" }],
});

runTable("relations: less", {
  effect: numbers("<"),
  cases: [
    { given: "one unit less", args: { low: "9.99", high: "10.00" }, want: "allow" },
    { given: "equal in two spellings", args: { low: "10", high: "10.00" }, want: deny },
    { given: "more, though first as text", args: { low: "9.00", high: "10.00" }, want: "allow" },
    { given: "negative", args: { low: "-1.00", high: "-0.99" }, want: "allow" },
    { given: "at the largest number", args: { low: "90071992547409.90", high: "90071992547409.91" }, want: "allow" },
    {
      given: "a side is text",
      fields: { low: "1", high: 2 },
      want: "deny effects/act/relations/0 effects/act/per_call/low",
    },
    {
      given: "no sides",
      fields: {},
      want: "deny effects/act/relations/0 effects/act/per_call/high effects/act/per_call/low",
    },
  ],
});

runTable("relations: at most", {
  effect: numbers("<="),
  cases: [
    { given: "equal", args: { low: "10", high: "10.00" }, want: "allow" },
    { given: "one unit more", args: { low: "10.01", high: "10.00" }, want: deny },
  ],
});

const sets = (op: "==" | "!=") => ({
  fields: { a: { type: "set", of: "integer", from: "/a" }, b: { type: "set", of: "integer", from: "/b" } } as const,
  allow: { a: { subsetOf: [1, 2, 3] }, b: { subsetOf: [1, 2, 3] } },
  relations: [{ left: "a", op, right: "b" }],
});

runTable("relations: the same set", {
  effect: sets("=="),
  cases: [
    { given: "in another order, with duplicates", args: { a: [1, 2], b: [2, 1, 2] }, want: "allow" },
    { given: "one element more", args: { a: [1, 2], b: [1, 2, 3] }, want: deny },
    {
      given: "in the order and as often as somebody wrote them",
      fields: { a: { count: 3, items: [2, 1, 1] }, b: { count: 2, items: [1, 2] } },
      want: "allow",
    },
    {
      given: "a side counts less than nothing",
      fields: { a: { count: -1, items: [1] }, b: { count: 1, items: [1] } },
      want: "deny effects/act/allow/a effects/act/relations/0",
    },
  ],
});

runTable("relations: another set", {
  effect: sets("!="),
  cases: [
    { given: "one element more", args: { a: [1, 2], b: [1, 2, 3] }, want: "allow" },
    { given: "in another order", args: { a: [1, 2], b: [2, 1] }, want: deny },
    {
      given: "a side is spoilt by one element",
      fields: { a: { count: 1, items: [1] }, b: { count: 2, items: [2, "3"] } },
      want: "deny effects/act/allow/b effects/act/relations/0",
    },
  ],
});
