import type { Aggregate } from "../../../schema/envelope.ts";
import { runTable } from "../run.ts";

const of = (aggregate: Aggregate, max: number) => ({
  fields: { n: { type: "integer", from: "/orders/*/n", aggregate } as const },
  perCall: { n: { min: -100, max } },
});
const orders = (...values: readonly unknown[]) => ({ args: { orders: values.map((n) => ({ n })) } });
const over = "deny effects/act/per_call/n";

runTable("sum", {
  effect: of("sum", 10),
  cases: [
    { given: "at the cap", ...orders(4, 6), want: "allow" },
    { given: "one over", ...orders(4, 6, 1), want: over },
    { given: "of nothing is 0", ...orders(), want: "allow" },
    { given: "a negative element", ...orders(11, -1), want: "allow" },
    { given: "an element without the member", args: { orders: [{ n: 1 }, {}] }, want: "deny decode/orders/1/n" },
    {
      given: "two elements of another type",
      ...orders(1, "2", null),
      want: "deny decode/orders/1/n decode/orders/2/n",
    },
    { given: "beyond the largest number", ...orders(Number.MAX_SAFE_INTEGER, 1), want: "deny decode/orders" },
    { given: "no list", args: { orders: { n: 1 } }, want: "deny decode/orders" },
    { given: "missing", args: {}, want: "deny decode/orders" },
    {
      given: "a member that nobody asked for",
      args: { orders: [{ n: 1, memo: "" }] },
      want: "deny decode/orders/0/memo",
    },
  ],
});

runTable("max", {
  effect: of("max", 10),
  cases: [
    { given: "at the cap", ...orders(4, 10), want: "allow" },
    { given: "one over", ...orders(11, 4), want: over },
    { given: "of nothing", ...orders(), want: "deny decode/orders" },
  ],
});

runTable("min", {
  effect: { ...of("min", 10), perCall: { n: { min: 2, max: 10 } } },
  cases: [
    { given: "at the minimum", ...orders(2, 99), want: "allow" },
    { given: "one below", ...orders(1, 99), want: over },
    { given: "of nothing", ...orders(), want: "deny decode/orders" },
  ],
});

runTable("max: lists within a list", {
  effect: {
    fields: { n: { type: "integer", from: "/orders/*/legs/*", aggregate: "max" } },
    perCall: { n: { max: 10 } },
  },
  cases: [
    { given: "at the cap", args: { orders: [{ legs: [4] }, { legs: [3, 10] }] }, want: "allow" },
    { given: "one over", args: { orders: [{ legs: [11] }, { legs: [3, 10] }] }, want: over },
    {
      given: "one of them is empty",
      args: { orders: [{ legs: [4] }, { legs: [] }] },
      want: "deny decode/orders/1/legs",
    },
  ],
});

runTable("count", {
  effect: of("count", 2),
  cases: [
    { given: "at the cap", ...orders(1, 1), want: "allow" },
    { given: "one over", ...orders(1, 1, 1), want: over },
    { given: "of nothing is 0", ...orders(), want: "allow" },
    { given: "a bad element is still bad", ...orders(1, "1"), want: "deny decode/orders/1/n" },
  ],
});

runTable("several aggregates of one list", {
  effect: {
    fields: {
      total: { type: "decimal", scale: 2, from: "/payments/*/amount", aggregate: "sum" },
      largest: { type: "decimal", scale: 2, from: "/payments/*/amount", aggregate: "max" },
      payments: { type: "decimal", scale: 2, from: "/payments/*/amount", aggregate: "count" },
    },
    perCall: { total: { max: "100.00" }, largest: { max: "60.00" }, payments: { max: 3 } },
  },
  cases: [
    {
      given: "all at their caps",
      args: { payments: [{ amount: "60.00" }, { amount: 40 }, { amount: "0" }] },
      want: "allow",
    },
    {
      given: "a total over",
      args: { payments: [{ amount: "60.00" }, { amount: "40.01" }] },
      want: "deny effects/act/per_call/total",
    },
    { given: "one too large", args: { payments: [{ amount: "60.01" }] }, want: "deny effects/act/per_call/largest" },
    {
      given: "one too many",
      args: { payments: ["1", "1", "1", "1"].map((amount) => ({ amount })) },
      want: "deny effects/act/per_call/payments",
    },
  ],
});
