import { runTable } from "../run.ts";

const denied = "deny effects/act/allow/h";
const failed = "deny decode/h";

runTable("host: a domain and what is below it, but one", {
  effect: {
    fields: { h: { type: "host", from: "/h" } },
    allow: { h: { under: ["example.com"], noneUnder: ["x.example.com"] } },
  },
  cases: [
    { given: "the domain itself", args: { h: "example.com" }, want: "allow" },
    { given: "below it", args: { h: "a.b.example.com" }, want: "allow" },
    { given: "another case", args: { h: "A.Example.COM" }, want: "allow" },
    { given: "the excluded", args: { h: "x.example.com" }, want: denied },
    { given: "below the excluded", args: { h: "a.x.example.com" }, want: denied },
    { given: "beside the excluded", args: { h: "ax.example.com" }, want: "allow" },
    { given: "ends in the same letters", args: { h: "evilexample.com" }, want: denied },
    { given: "begins with it", args: { h: "example.com.evil.net" }, want: denied },
    { given: "above it", args: { h: "com" }, want: denied },
    { given: "a look-alike letter", args: { h: "ex\u0430mple.com" }, want: denied },
    { given: "full-width letters", args: { h: "\uff45xample.com" }, want: failed },
    { given: "a dot at the end", args: { h: "example.com." }, want: failed },
    { given: "an empty label", args: { h: "a..example.com" }, want: failed },
    { given: "an ideographic full stop", args: { h: "a\u3002example.com" }, want: failed },
    { given: "an invisible character", args: { h: "exam\u00adple.com" }, want: failed },
    { given: "a port", args: { h: "example.com:443" }, want: failed },
    { given: "empty", args: { h: "" }, want: failed },
    { given: "a number", args: { h: 1 }, want: failed },
    { given: "missing", args: {}, want: failed },
    { given: "no ancestors", fields: { h: { value: "example.com" } }, want: denied },
    { given: "ancestors of another type", fields: { h: { value: "example.com", under: "example.com" } }, want: denied },
    {
      given: "one ancestor of another type",
      fields: { h: { value: "example.com", under: ["example.com", null] } },
      want: denied,
    },
    {
      given: "an object of ancestors",
      fields: { h: { value: "example.com", under: { 0: "example.com" } } },
      want: denied,
    },
    { given: "ancestors without a name", fields: { h: { under: ["example.com"] } }, want: denied },
    { given: "a bare text", fields: { h: "example.com" }, want: denied },
  ],
});

runTable("host: one of a list", {
  effect: { fields: { h: { type: "host", from: "/h" } }, allow: { h: { oneOf: ["example.com", "xn--bcher-kva.de"] } } },
  cases: [
    { given: "listed", args: { h: "example.com" }, want: "allow" },
    { given: "below a listed one", args: { h: "a.example.com" }, want: denied },
    { given: "listed, without ancestors", fields: { h: { value: "example.com" } }, want: denied },
    { given: "listed by its A-label", args: { h: "B\u00fccher.de" }, want: "allow" },
  ],
});
