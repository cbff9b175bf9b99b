import { runTable } from "../run.ts";

const deny = "deny effects/act/per_call/qty";
const qty = (qty: unknown) => ({ fields: { qty } });

runTable("per_call: closed, with the implied minimum 0", {
  effect: { fields: { qty: { type: "integer", from: "/qty" } }, perCall: { qty: { max: 5 } } },
  cases: [
    { given: "at the cap", ...qty(5), want: "allow" },
    { given: "one over", ...qty(6), want: deny },
    { given: "zero", ...qty(0), want: "allow" },
    { given: "one below zero", ...qty(-1), want: deny },
    { given: "the smallest number", ...qty(Number.MIN_SAFE_INTEGER), want: deny },
    { given: "the largest number", ...qty(Number.MAX_SAFE_INTEGER), want: deny },
    { given: "beyond the largest number", ...qty(2 ** 53), want: deny },
    { given: "a half", ...qty(0.5), want: deny },
    { given: "missing", fields: {}, want: deny },
    { given: "no fields", fields: undefined, want: deny },
    { given: "null is not 0", ...qty(null), want: deny },
    { given: "true is not 1", ...qty(true), want: deny },
    { given: "text", ...qty("1"), want: deny },
    { given: "a list of one", ...qty([1]), want: deny },
    { given: "smallest and largest of nothing that was asked", ...qty({ min: 1, max: 2 }), want: deny },
    { given: "an extension value of an engine", ...qty({ __extn: { fn: "decimal", arg: "1.0" } }), want: deny },
  ],
});

runTable("per_call: with a minimum", {
  effect: { fields: { qty: { type: "integer", from: "/qty" } }, perCall: { qty: { min: -2, max: 2 } } },
  cases: [
    { given: "at the minimum", ...qty(-2), want: "allow" },
    { given: "one below", ...qty(-3), want: deny },
    { given: "at the maximum", ...qty(2), want: "allow" },
  ],
});

runTable("per_call: nothing but 0", {
  effect: { fields: { qty: { type: "integer", from: "/qty" } }, perCall: { qty: { max: 0 } } },
  cases: [
    { given: "zero", ...qty(0), want: "allow" },
    { given: "negative zero is zero", ...qty(-0), want: "allow" },
    { given: "one", ...qty(1), want: deny },
  ],
});

runTable("per_call: each element, by the smallest and the largest", {
  effect: {
    fields: { qty: { type: "integer", from: "/orders/*/qty", aggregate: "each" } },
    perCall: { qty: { max: 5 } },
  },
  cases: [
    { given: "all inside", args: { orders: [{ qty: 5 }, { qty: 0 }] }, want: "allow" },
    { given: "the largest is over", args: { orders: [{ qty: 1 }, { qty: 6 }] }, want: deny },
    { given: "the smallest is negative", args: { orders: [{ qty: -1 }, { qty: 5 }] }, want: deny },
    { given: "a plain number", ...qty(3), want: deny },
    { given: "no smallest", ...qty({ max: 3 }), want: deny },
    { given: "a smallest of another type", ...qty({ min: "1", max: 3 }), want: deny },
    { given: "a largest of another type", ...qty({ min: 1, max: "3" }), want: deny },
    { given: "no elements", args: { orders: [] }, want: "deny decode/orders" },
  ],
});
