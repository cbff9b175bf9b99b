import { runTable } from "../run.ts";

const denied = "deny effects/act/allow/m";
const failed = "deny decode/m";

runTable("email: of a domain", {
  effect: { fields: { m: { type: "email", from: "/m" } }, allow: { m: { under: ["example.com"] } } },
  cases: [
    { given: "of the domain", args: { m: "bob@example.com" }, want: "allow" },
    { given: "of a domain below it", args: { m: "bob@mail.EXAMPLE.com" }, want: "allow" },
    { given: "ends in the same letters", args: { m: "bob@evilexample.com" }, want: denied },
    { given: "the domain as a local part", args: { m: "example.com@evil.net" }, want: denied },
    { given: "two at signs", args: { m: "bob@example.com@evil.net" }, want: failed },
    { given: "a quoted local part", args: { m: '"bob@example.com"@evil.net' }, want: failed },
    { given: "a display name", args: { m: "Bob <bob@example.com>" }, want: failed },
    { given: "no local part", args: { m: "@example.com" }, want: failed },
    { given: "no domain", args: { m: "bob" }, want: failed },
    { given: "a line break", args: { m: "bob@example.com\n" }, want: failed },
    { given: "a list of addresses", args: { m: "bob@example.com,eve@evil.net" }, want: failed },
    { given: "missing", args: {}, want: failed },
    { given: "a bare text", fields: { m: "bob@example.com" }, want: denied },
  ],
});

runTable("email: one of a list", {
  effect: { fields: { m: { type: "email", from: "/m" } }, allow: { m: { oneOf: ["Bob@other.net"] } } },
  cases: [
    { given: "the address", args: { m: "Bob@OTHER.net" }, want: "allow" },
    { given: "the address in another case", args: { m: "bob@other.net" }, want: denied },
  ],
});
