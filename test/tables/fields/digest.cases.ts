import { createHash } from "node:crypto";
import { runTable } from "../run.ts";

const sha256 = (text: string) => `sha256:${createHash("sha256").update(text).digest("hex")}`;
const denied = "deny effects/act/allow/plan";

runTable("digest: of the canonical form", {
  effect: {
    fields: { plan: { type: "digest", from: "/plan" } },
    allow: { plan: { oneOf: [sha256('{"a":[1,true],"b":"x"}'), sha256("[]"), sha256("null")] } },
  },
  cases: [
    { given: "in another order, with blanks", args: '{"plan": {"b": "x", "a": [1, true]}}', want: "allow" },
    { given: "an empty list", args: { plan: [] }, want: "allow" },
    { given: "one value differs", args: { plan: { b: "x", a: [1, false] } }, want: denied },
    { given: "one member more", args: { plan: { b: "x", a: [1, true], c: null } }, want: denied },
    { given: "the text of it", args: { plan: '{"a":[1,true],"b":"x"}' }, want: denied },
    {
      given: "a number that would fold into another",
      args: '{"plan":{"b":"x","a":[1.0,true]}}',
      want: "deny decode/plan",
    },
    { given: "a number beyond the largest", args: '{"plan":[9007199254740992]}', want: "deny decode/plan" },
    { given: "missing", args: {}, want: "deny decode/plan" },
    { given: "another digest", fields: { plan: sha256("") }, want: denied },
    { given: "without its prefix", fields: { plan: sha256("[]").slice(7) }, want: denied },
  ],
});
