import { runTable } from "../run.ts";

const deny = "deny principal";
const by = (principal: unknown) => ({ facts: { principal } });

runTable("principal", {
  cases: [
    { given: "the agent named", want: "allow" },
    { given: "another agent", ...by("agent:s8"), want: deny },
    { given: "another case", ...by("agent:S7"), want: deny },
    { given: "a look-alike letter", ...by("аgent:s7"), want: deny },
    { given: "an invisible character", ...by("agent:s7\u200b"), want: deny },
    { given: "a lone surrogate behind it", ...by("agent:s7\ud800"), want: deny },
    { given: "nobody", ...by(undefined), want: deny },
    { given: "null", ...by(null), want: deny },
    { given: "a list with the agent", ...by(["agent:s7"]), want: deny },
    { given: "an entity of an engine", ...by({ __entity: { type: "Ambit::Agent", id: "agent:s7" } }), want: deny },
  ],
});
