import { runTable } from "../run.ts";

const over = "deny effects/act/per_call/n";
const failed = "deny decode/n";

runTable("integer", {
  effect: { fields: { n: { type: "integer", from: "/n" } }, perCall: { n: { max: 10 } } },
  cases: [
    { given: "at the cap", args: { n: 10 }, want: "allow" },
    { given: "one over", args: { n: 11 }, want: over },
    { given: "zero", args: { n: 0 }, want: "allow" },
    { given: "negative", args: { n: -1 }, want: over },
    { given: "the largest", args: { n: Number.MAX_SAFE_INTEGER }, want: over },
    { given: "beyond the largest", args: '{"n":9007199254740992}', want: failed },
    { given: "far beyond", args: '{"n":1e400}', want: failed },
    { given: "a fraction of zero", args: '{"n":1.0}', want: failed },
    { given: "an exponent", args: '{"n":1e0}', want: failed },
    { given: "negative zero", args: '{"n":-0}', want: failed },
    { given: "a fraction", args: { n: 0.5 }, want: failed },
    { given: "text", args: { n: "1" }, want: failed },
    { given: "true", args: { n: true }, want: failed },
    { given: "null", args: { n: null }, want: failed },
    { given: "missing", args: {}, want: failed },
    { given: "a list", args: { n: [1] }, want: failed },
    { given: "an empty object", args: { n: {} }, want: failed },
    { given: "another argument beside it", args: { n: 1, m: 1 }, want: "deny decode/m" },
  ],
});

runTable("integer: also written as text", {
  effect: { fields: { n: { type: "integer", from: "/n", allowString: true } }, perCall: { n: { max: 10 } } },
  cases: [
    { given: "text", args: { n: "10" }, want: "allow" },
    { given: "a number", args: { n: 10 }, want: "allow" },
    { given: "one over", args: { n: "11" }, want: over },
    { given: "a blank before it", args: { n: " 1" }, want: failed },
    { given: "a plus sign", args: { n: "+1" }, want: failed },
    { given: "leading zeros", args: { n: "01" }, want: failed },
    { given: "grouped", args: { n: "1_0" }, want: failed },
    { given: "hexadecimal", args: { n: "0x1" }, want: failed },
    { given: "negative zero", args: { n: "-0" }, want: failed },
    { given: "empty", args: { n: "" }, want: failed },
    { given: "full-width digits", args: { n: "１" }, want: failed },
    { given: "beyond the largest", args: { n: "9007199254740992" }, want: failed },
  ],
});

runTable("integer: one of a list", {
  effect: { fields: { n: { type: "integer", from: "/n" } }, allow: { n: { oneOf: [1, -5] } } },
  cases: [
    { given: "listed", args: { n: -5 }, want: "allow" },
    { given: "not listed", args: { n: 0 }, want: "deny effects/act/allow/n" },
    { given: "listed, in another type", fields: { n: "1" }, want: "deny effects/act/allow/n" },
  ],
});

runTable("integer: may be left out", {
  effect: {
    fields: { n: { type: "integer", from: "/n", optional: true, default: 3 } },
    perCall: { n: { min: 3, max: 10 } },
  },
  cases: [
    { given: "left out", args: {}, want: "allow" },
    { given: "null", args: { n: null }, want: "allow" },
    { given: "zero is not left out", args: { n: 0 }, want: over },
    { given: "false is not left out", args: { n: false }, want: failed },
  ],
});
