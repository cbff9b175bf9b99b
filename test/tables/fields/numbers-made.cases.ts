import { runTable } from "../run.ts";

const over = "deny effects/act/per_call/notional";

runTable("product: exact", {
  effect: {
    fields: {
      price: { type: "decimal", from: "/price", scale: 2 },
      qty: { type: "integer", from: "/qty" },
      notional: { type: "product", of: ["price", "qty"], scale: 2, unit: "USD" },
    },
    perCall: {
      price: { min: "-9.00", max: "90071992547409.91" },
      qty: { max: 1_000_000 },
      notional: { max: "1000.00" },
    },
    consumes: { spend: "notional" },
  },
  envelope: { budgets: { actions: { max: 1000 }, spend: { max: "1500.00", unit: "USD" } } },
  cases: [
    { given: "at the cap", args: { price: "0.10", qty: 10_000 }, want: "allow" },
    { given: "a cent over", args: { price: "1000.01", qty: 1 }, want: over },
    { given: "small parts, a large product", args: { price: "500.00", qty: 3 }, want: over },
    { given: "times zero", args: { price: "900.00", qty: 0 }, want: "allow" },
    { given: "negative", args: { price: "-0.01", qty: 1 }, want: `${over} budgets/spend` },
    {
      given: "up to the budget",
      args: { price: "500.00", qty: 1 },
      state: { meters: { "budgets/spend": 100_000 } },
      want: "allow",
    },
    {
      given: "a cent over the budget",
      args: { price: "500.01", qty: 1 },
      state: { meters: { "budgets/spend": 100_000 } },
      want: "deny budgets/spend",
    },
    { given: "beyond the largest number", args: { price: "90071992547409.91", qty: 2 }, want: "deny decode" },
    { given: "an operand that does not decode", args: { price: "1.001", qty: 2 }, want: "deny decode/price" },
  ],
});

runTable("product: must fit its scale", {
  effect: {
    fields: {
      a: { type: "decimal", from: "/a", scale: 2 },
      b: { type: "decimal", from: "/b", scale: 2 },
      area: { type: "product", of: ["a", "b"], scale: 2 },
    },
    perCall: { a: { max: "99.00" }, b: { max: "99.00" }, area: { max: "10.00" } },
  },
  cases: [
    { given: "without rounding", args: { a: "2.50", b: "4.00" }, want: "allow" },
    { given: "a hundredth over", args: { a: "1.00", b: "10.01" }, want: "deny effects/act/per_call/area" },
    { given: "only with rounding", args: { a: "0.01", b: "0.01" }, want: "deny decode" },
  ],
});

runTable("length: code points", {
  effect: { fields: { body: { type: "length", from: "/body" } }, perCall: { body: { min: 1, max: 3 } } },
  cases: [
    { given: "at the cap", args: { body: "abc" }, want: "allow" },
    { given: "one over", args: { body: "abcd" }, want: "deny effects/act/per_call/body" },
    { given: "three beyond the basic plane", args: { body: "\u{1F600}\u{1F600}\u{1F600}" }, want: "allow" },
    { given: "combining marks count", args: { body: "e\u0301e\u0301" }, want: "deny effects/act/per_call/body" },
    { given: "empty", args: { body: "" }, want: "deny effects/act/per_call/body" },
    { given: "a number", args: { body: 12 }, want: "deny decode/body" },
    { given: "missing", args: {}, want: "deny decode/body" },
  ],
});
