import { runTable } from "../run.ts";

runTable("boolean", {
  effect: { fields: { dry: { type: "boolean", from: "/dry" } }, allow: { dry: { equals: true } } },
  cases: [
    { given: "true", args: { dry: true }, want: "allow" },
    { given: "false", args: { dry: false }, want: "deny effects/act/allow/dry" },
    { given: "1", args: { dry: 1 }, want: "deny decode/dry" },
    { given: "the word true", args: { dry: "true" }, want: "deny decode/dry" },
    { given: "null", args: { dry: null }, want: "deny decode/dry" },
    { given: "missing", args: {}, want: "deny decode/dry" },
    { given: "no fields", fields: {}, want: "deny effects/act/allow/dry" },
    { given: "1 in place of the decoded value", fields: { dry: 1 }, want: "deny effects/act/allow/dry" },
  ],
});
