import { runTable } from "../run.ts";

const denied = "deny effects/act/allow/n";
const failed = "deny decode/n";

runTable("cidr: within a network", {
  effect: {
    fields: { n: { type: "cidr", from: "/n" } },
    allow: { n: { under: ["10.0.0.0/8"], noneUnder: ["10.9.0.0/16"] } },
  },
  cases: [
    { given: "the network itself", args: { n: "10.0.0.0/8" }, want: "allow" },
    { given: "a part of it", args: { n: "10.1.0.0/16" }, want: "allow" },
    { given: "one address", args: { n: "10.1.2.3/32" }, want: "allow" },
    { given: "a wider one", args: { n: "10.0.0.0/7" }, want: denied },
    { given: "everything", args: { n: "0.0.0.0/0" }, want: denied },
    { given: "another", args: { n: "11.0.0.0/8" }, want: denied },
    { given: "within the excluded", args: { n: "10.9.1.0/24" }, want: denied },
    { given: "host bits", args: { n: "10.0.0.1/8" }, want: failed },
    { given: "no length", args: { n: "10.0.0.0" }, want: failed },
    { given: "a length too long", args: { n: "10.0.0.0/33" }, want: failed },
    { given: "a length with a zero before it", args: { n: "10.0.0.0/08" }, want: failed },
    { given: "a mask", args: { n: "10.0.0.0/255.0.0.0" }, want: failed },
    { given: "missing", args: {}, want: failed },
  ],
});
