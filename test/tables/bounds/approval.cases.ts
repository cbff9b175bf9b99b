import { runTable } from "../run.ts";

const id = "effects/act/approval";
const by = (keys: unknown) => ({ state: { approvals: { [id]: keys } } });
const hold = `hold ${id}`;

runTable("approval: always two people", {
  effect: { approval: { keys: 2, roles: ["risk"] } },
  cases: [
    { given: "two", ...by(2), want: "allow" },
    { given: "three", ...by(3), want: "allow" },
    { given: "one", ...by(1), want: hold },
    { given: "none", ...by(0), want: hold },
    { given: "unknown", ...by(undefined), want: hold },
    { given: "true", ...by(true), want: hold },
    { given: "as text", ...by("2"), want: hold },
    { given: "two and a half", ...by(2.5), want: hold },
    { given: "more than numbers hold", ...by(2 ** 53), want: hold },
    { given: "no approvals", state: { approvals: undefined }, want: hold },
    { given: "another bound is violated too", state: { approvals: undefined, killed: true }, want: `deny kill ${id}` },
  ],
});

runTable("approval: when any condition matches, or cannot be compared", {
  effect: {
    fields: {
      qty: { type: "integer", from: "/qty" },
      side: { type: "string", from: "/side" },
      host: { type: "host", from: "/host" },
      dry: { type: "boolean", from: "/dry" },
      fee: { type: "decimal", scale: 2, from: "/fee" },
    },
    allow: { side: { oneOf: ["buy", "sell"] }, host: { under: ["example.com"] }, dry: { equals: true } },
    perCall: { qty: { min: -9, max: 9 }, fee: { max: "9.00" } },
    approval: {
      keys: 1,
      roles: ["risk"],
      when: {
        qty: { min: 5, equals: -5 },
        side: { oneOf: ["sell"] },
        host: { equals: "a.example.com" },
        dry: { equals: false },
        fee: { min: "2.50" },
      },
    },
  },
  cases: [
    {
      given: "nothing matches",
      args: { qty: 4, side: "buy", host: "b.example.com", dry: true, fee: "2.49" },
      ...by(0),
      want: "allow",
    },
    {
      given: "at the minimum",
      args: { qty: 5, side: "buy", host: "b.example.com", dry: true, fee: 0 },
      ...by(0),
      want: hold,
    },
    {
      given: "the value itself",
      args: { qty: -5, side: "buy", host: "b.example.com", dry: true, fee: 0 },
      ...by(0),
      want: hold,
    },
    {
      given: "beside the value",
      args: { qty: -4, side: "buy", host: "b.example.com", dry: true, fee: 0 },
      ...by(0),
      want: "allow",
    },
    {
      given: "one of the values",
      args: { qty: 0, side: "sell", host: "b.example.com", dry: true, fee: 0 },
      ...by(0),
      want: hold,
    },
    {
      given: "the name",
      args: { qty: 0, side: "buy", host: "A.example.com", dry: true, fee: 0 },
      ...by(0),
      want: hold,
    },
    {
      given: "a name below it",
      args: { qty: 0, side: "buy", host: "x.a.example.com", dry: true, fee: 0 },
      ...by(0),
      want: "allow",
    },
    {
      given: "an amount that no number is, however small",
      fields: {
        qty: -(2 ** 53),
        side: "buy",
        host: { value: "b.example.com", under: ["example.com"] },
        dry: true,
        fee: 0,
      },
      ...by(0),
      want: `deny effects/act/per_call/qty ${id}`,
    },
    {
      given: "at the decimal minimum",
      args: { qty: 0, side: "buy", host: "b.example.com", dry: true, fee: "2.50" },
      ...by(0),
      want: hold,
    },
    {
      given: "a match, approved",
      args: { qty: 5, side: "buy", host: "b.example.com", dry: true, fee: 0 },
      ...by(1),
      want: "allow",
    },
    {
      given: "nothing to compare",
      fields: {},
      ...by(1),
      want: "deny effects/act/allow/dry effects/act/allow/host effects/act/allow/side effects/act/per_call/fee effects/act/per_call/qty",
    },
    {
      given: "nothing to compare, not approved",
      fields: { qty: 0, side: "buy", dry: true, fee: 0 },
      ...by(0),
      want: `deny effects/act/allow/host ${id}`,
    },
  ],
});

runTable("approval: when a boolean is one of a list", {
  effect: {
    fields: { dry: { type: "boolean", from: "/dry" } },
    allow: { dry: { equals: false } },
    approval: { keys: 1, roles: ["risk"], when: { dry: { oneOf: [false] } } },
  },
  cases: [
    { given: "listed", args: { dry: false }, ...by(0), want: hold },
    { given: "not listed", args: { dry: true }, ...by(0), want: "deny effects/act/allow/dry" },
    { given: "the word for it", fields: { dry: "true" }, ...by(0), want: `deny effects/act/allow/dry ${id}` },
  ],
});

runTable("approval: each element of a list", {
  effect: {
    fields: { qty: { type: "integer", from: "/orders/*", aggregate: "each" } },
    perCall: { qty: { max: 9 } },
    approval: { keys: 1, roles: ["risk"], when: { qty: { min: 5 } } },
  },
  cases: [
    { given: "all below", args: { orders: [1, 4] }, ...by(0), want: "allow" },
    { given: "one at the minimum", args: { orders: [1, 5] }, ...by(0), want: hold },
  ],
});

runTable("approval: an amount at or below a maximum", {
  effect: {
    fields: { qty: { type: "integer", from: "/orders/*", aggregate: "each" } },
    perCall: { qty: { max: 9 } },
    approval: { keys: 1, roles: ["risk"], when: { qty: { max: 2 } } },
  },
  cases: [
    { given: "all above", args: { orders: [3, 9] }, ...by(0), want: "allow" },
    { given: "one at the maximum", args: { orders: [2, 9] }, ...by(0), want: hold },
  ],
});
