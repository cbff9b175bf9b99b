import { runTable } from "../run.ts";

const over = "deny effects/act/per_call/fee";
const failed = "deny decode/fee";

runTable("decimal: exact, in minor units", {
  effect: {
    fields: { fee: { type: "decimal", from: "/fee", scale: 2, unit: "USD" } },
    perCall: { fee: { max: "5.10" } },
  },
  cases: [
    { given: "at the cap", args: { fee: "5.10" }, want: "allow" },
    { given: "at the cap as a number", args: '{"fee":5.1}', want: "allow" },
    { given: "one unit over", args: { fee: "5.11" }, want: over },
    { given: "more digits than the scale", args: { fee: "5.101" }, want: failed },
    { given: "zeros beyond the scale", args: { fee: "5.100" }, want: failed },
    { given: "zero", args: { fee: "0.00" }, want: "allow" },
    { given: "negative", args: { fee: "-0.01" }, want: over },
    { given: "negative zero", args: { fee: "-0.00" }, want: failed },
    { given: "an exponent", args: '{"fee":5e0}', want: failed },
    { given: "an exponent in text", args: { fee: "1e0" }, want: failed },
    { given: "no digit before the point", args: { fee: ".5" }, want: failed },
    { given: "no digit behind the point", args: { fee: "5." }, want: failed },
    { given: "a leading zero", args: { fee: "05.1" }, want: failed },
    { given: "a comma", args: { fee: "5,10" }, want: failed },
    { given: "a unit", args: { fee: "5 USD" }, want: failed },
    { given: "too large", args: { fee: "90071992547409.92" }, want: failed },
    { given: "the largest", args: { fee: "90071992547409.91" }, want: over },
    { given: "true", args: { fee: true }, want: failed },
    { given: "missing", args: {}, want: failed },
  ],
});

runTable("decimal: one of a list", {
  effect: { fields: { fee: { type: "decimal", from: "/fee", scale: 2 } }, allow: { fee: { oneOf: ["1.50", "2.00"] } } },
  cases: [
    { given: "listed", args: { fee: 2 }, want: "allow" },
    { given: "not listed", args: { fee: "1.51" }, want: "deny effects/act/allow/fee" },
  ],
});

runTable("decimal: a bound of fewer digits than the scale", {
  effect: { fields: { fee: { type: "decimal", from: "/fee", scale: 4 } }, perCall: { fee: { min: "-1", max: "5.1" } } },
  cases: [
    { given: "at the cap", args: { fee: "5.1000" }, want: "allow" },
    { given: "one unit over", args: { fee: "5.1001" }, want: over },
    { given: "at the minimum", args: { fee: "-1.0" }, want: "allow" },
    { given: "one unit below", args: { fee: "-1.0001" }, want: over },
  ],
});
