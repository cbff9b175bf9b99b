import { runTable } from "../run.ts";

const denied = "deny effects/act/allow/a";
const failed = "deny decode/a";

runTable("ip: in a network, but one address", {
  effect: {
    fields: { a: { type: "ip", from: "/a" } },
    allow: { a: { under: ["10.0.0.0/8", "2001:db8::/32"], noneUnder: ["10.0.0.1", "10.9.0.0/16", "10.16.0.0/12"] } },
  },
  cases: [
    { given: "the first address", args: { a: "10.0.0.0" }, want: "allow" },
    { given: "the last address", args: { a: "10.255.255.255" }, want: "allow" },
    { given: "one before", args: { a: "9.255.255.255" }, want: denied },
    { given: "one behind", args: { a: "11.0.0.0" }, want: denied },
    { given: "the excluded address", args: { a: "10.0.0.1" }, want: denied },
    { given: "in the excluded network", args: { a: "10.9.1.1" }, want: denied },
    { given: "the last of an excluded network that ends within a byte", args: { a: "10.31.255.255" }, want: denied },
    { given: "one behind it", args: { a: "10.32.0.0" }, want: "allow" },
    { given: "of version 6", args: { a: "2001:DB8:0::1" }, want: "allow" },
    { given: "of version 6, outside", args: { a: "2001:db9::1" }, want: denied },
    { given: "version 4 in version 6", args: { a: "::ffff:10.0.0.2" }, want: failed },
    { given: "version 4 in version 6, in hexadecimal", args: { a: "::ffff:a00:2" }, want: failed },
    { given: "shorthand", args: { a: "10.1" }, want: failed },
    { given: "octal", args: { a: "010.0.0.2" }, want: failed },
    { given: "hexadecimal", args: { a: "0x0a000002" }, want: failed },
    { given: "a plain number", args: { a: 167772162 }, want: failed },
    { given: "a prefix length", args: { a: "10.0.0.2/32" }, want: failed },
    { given: "a zone", args: { a: "fe80::1%eth0" }, want: failed },
    { given: "full-width digits", args: { a: "１0.0.0.2" }, want: failed },
    { given: "missing", args: {}, want: failed },
  ],
});
