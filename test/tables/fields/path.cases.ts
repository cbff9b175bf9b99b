import { runTable } from "../run.ts";

const denied = "deny effects/act/allow/p";
const failed = "deny decode/p";

runTable("path: below a folder, but one", {
  effect: {
    fields: { p: { type: "path", from: "/p", base: "/srv/data/in" } },
    allow: { p: { under: ["/srv/data"], noneUnder: ["/srv/data/secret"] } },
  },
  cases: [
    { given: "the folder", args: { p: "/srv/data" }, want: "allow" },
    { given: "below it", args: { p: "/srv/data/a/b" }, want: "allow" },
    { given: "relative to the base", args: { p: "a.txt" }, want: "allow" },
    { given: "slashes and dots that mean nothing", args: { p: "/srv//./data/a/" }, want: "allow" },
    { given: "beginning with the same letters", args: { p: "/srv/data2" }, want: denied },
    { given: "above it", args: { p: "/srv" }, want: denied },
    { given: "the root", args: { p: "/" }, want: denied },
    { given: "the excluded", args: { p: "/srv/data/secret" }, want: denied },
    { given: "below the excluded", args: { p: "/srv/data//secret/key" }, want: denied },
    { given: "another case", args: { p: "/SRV/data" }, want: denied },
    { given: "climbing out", args: { p: "/srv/data/../../etc" }, want: failed },
    { given: "climbing and coming back", args: { p: "/srv/data/a/../b" }, want: failed },
    { given: "a home", args: { p: "~/a" }, want: failed },
    { given: "backslashes", args: { p: "\\srv\\data" }, want: failed },
    { given: "NUL", args: { p: "/srv/data/a\u0000.txt" }, want: failed },
    { given: "encoded dots", args: { p: "/srv/data/%2e%2e/x" }, want: failed },
    { given: "full-width dots", args: { p: "/srv/data/\uff0e\uff0e/x" }, want: failed },
    { given: "empty", args: { p: "" }, want: failed },
    { given: "a number", args: { p: 1 }, want: failed },
    { given: "missing", args: {}, want: failed },
  ],
});

runTable("path: without a base only absolute ones", {
  effect: { fields: { p: { type: "path", from: "/p" } }, allow: { p: { under: ["/"] } } },
  cases: [
    { given: "absolute", args: { p: "/x" }, want: "allow" },
    { given: "relative", args: { p: "x" }, want: failed },
  ],
});
