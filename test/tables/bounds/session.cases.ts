import { runTable } from "../run.ts";

const qty = "effects/act/session/qty";
const calls = "effects/act/session/calls";
const used = (id: string, value: unknown) => ({ state: { meters: { [id]: value } } });

runTable("session: what was used and is held, and what this call adds", {
  effect: {
    fields: { qty: { type: "integer", from: "/qty" } },
    perCall: { qty: { min: -5, max: 10 } },
    session: { calls: { max: 3 }, qty: { max: 10 } },
  },
  cases: [
    { given: "up to the cap", args: { qty: 4 }, ...used(qty, 6), want: "allow" },
    { given: "one over", args: { qty: 5 }, ...used(qty, 6), want: `deny ${qty}` },
    { given: "zero at an exhausted budget", args: { qty: 0 }, ...used(qty, 10), want: "allow" },
    { given: "zero at an overdrawn budget", args: { qty: 0 }, ...used(qty, 11), want: `deny ${qty}` },
    { given: "a negative amount does not give back", args: { qty: -1 }, ...used(qty, 5), want: `deny ${qty}` },
    { given: "a negative use is no credit", args: { qty: 1 }, ...used(qty, -1), want: `deny ${qty}` },
    {
      given: "sums beyond the largest number",
      args: { qty: 10 },
      ...used(qty, Number.MAX_SAFE_INTEGER),
      want: `deny ${qty}`,
    },
    { given: "unknown use", args: { qty: 1 }, ...used(qty, undefined), want: `deny ${qty}` },
    { given: "use as text", args: { qty: 1 }, ...used(qty, "0"), want: `deny ${qty}` },
    { given: "use is null", args: { qty: 1 }, ...used(qty, null), want: `deny ${qty}` },
    { given: "a half used", args: { qty: 1 }, ...used(qty, 0.5), want: `deny ${qty}` },
    { given: "half an amount", fields: { qty: 0.5 }, want: `deny effects/act/per_call/qty ${qty}` },
    { given: "no amount", fields: {}, want: `deny effects/act/per_call/qty ${qty}` },
    { given: "the last call", args: { qty: 1 }, ...used(calls, 2), want: "allow" },
    { given: "a call too many", args: { qty: 0 }, ...used(calls, 3), want: `deny ${calls}` },
    { given: "calls below zero are no credit", args: { qty: 0 }, ...used(calls, -1), want: `deny ${calls}` },
    { given: "unknown calls", args: { qty: 0 }, ...used(calls, undefined), want: `deny ${calls}` },
    {
      given: "no meters",
      args: { qty: 0 },
      state: { meters: undefined },
      want: `deny ${calls} ${qty} budgets/actions`,
    },
  ],
});

runTable("session: no calls at all", {
  effect: { session: { calls: { max: 0 } } },
  cases: [{ given: "the first call", want: `deny ${calls}` }],
});

const big = Number.MAX_SAFE_INTEGER;

runTable("session: at the largest number", {
  effect: {
    fields: { qty: { type: "integer", from: "/qty" } },
    perCall: { qty: { max: big } },
    session: { calls: { max: big }, qty: { max: big } },
  },
  cases: [
    { given: "all of it", args: { qty: big }, ...used(qty, 0), want: "allow" },
    { given: "all of it after one", args: { qty: big }, ...used(qty, 1), want: `deny ${qty}` },
    { given: "the last one", args: { qty: 1 }, ...used(qty, big - 1), want: "allow" },
  ],
});

runTable("session: kept apart by a field or a period, the engines see one number", {
  effect: {
    fields: { payee: { type: "string", from: "/payee" }, amount: { type: "decimal", scale: 2, from: "/amount" } },
    allow: { payee: { oneOf: ["Bob"] } },
    perCall: { amount: { max: "50.00" } },
    session: { calls: { max: 2, perPeriod: "day", timezone: "UTC" }, amount: { max: "50.00", perField: "payee" } },
  },
  cases: [
    {
      given: "up to the cap",
      args: { payee: "Bob", amount: "20.00" },
      ...used("effects/act/session/amount", 3000),
      want: "allow",
    },
    {
      given: "a cent over",
      args: { payee: "Bob", amount: "20.01" },
      ...used("effects/act/session/amount", 3000),
      want: "deny effects/act/session/amount",
    },
  ],
});
