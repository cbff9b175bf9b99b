import { runTable } from "../run.ts";

const denied = "deny effects/act/allow/s";
const failed = "deny decode/s";

runTable("string: exact code points", {
  effect: {
    fields: { s: { type: "string", from: "/s", maxLength: 6 } },
    allow: { s: { oneOf: ["buy", "caf\u00e9", "\u{1F600}"] } },
  },
  cases: [
    { given: "listed", args: { s: "buy" }, want: "allow" },
    { given: "listed, beyond the basic plane", args: { s: "\u{1F600}" }, want: "allow" },
    { given: "another case", args: { s: "Buy" }, want: denied },
    { given: "a blank behind it", args: { s: "buy " }, want: denied },
    { given: "a look-alike letter", args: { s: "b\u0443y" }, want: denied },
    { given: "the same letter composed otherwise", args: { s: "cafe\u0301" }, want: denied },
    { given: "empty", args: { s: "" }, want: denied },
    { given: "as long as it may be", args: { s: "\u{1F600}".repeat(6) }, want: denied },
    { given: "one code point longer", args: { s: "\u{1F600}".repeat(7) }, want: failed },
    { given: "an invisible character", args: { s: "b\u200buy" }, want: failed },
    { given: "a change of direction", args: { s: "\u202ebuy" }, want: failed },
    { given: "a line break", args: { s: "buy\n" }, want: failed },
    { given: "a line separator", args: { s: "buy\u2028" }, want: failed },
    { given: "NUL", args: { s: "buy\u0000" }, want: failed },
    { given: "a lone surrogate", args: '{"s":"\\ud800"}', want: "deny decode" },
    { given: "a number", args: { s: 1 }, want: failed },
    { given: "null", args: { s: null }, want: failed },
    { given: "a list of it", args: { s: ["buy"] }, want: failed },
    { given: "missing", args: {}, want: failed },
  ],
});

runTable("string: of several lines", {
  effect: { fields: { s: { type: "string", from: "/s", multiline: true } }, allow: { s: { noneOf: ["no"] } } },
  cases: [
    { given: "lines and tabs", args: { s: "a\n\tb\r\nc" }, want: "allow" },
    { given: "another control character", args: { s: "a\u0007" }, want: failed },
    { given: "a line separator", args: { s: "a\u2029" }, want: failed },
  ],
});
