import { leastEffect, now, runTable } from "../run.ts";

const seen = (perimeter: unknown) => ({ state: { evidence: { perimeter } } });
const deny = "deny evidence/perimeter";

runTable("evidence for every effect: at most five minutes old", {
  envelope: { evidence: { perimeter: { maxAgeSeconds: 300 } } },
  cases: [
    { given: "just seen", ...seen(now), want: "allow" },
    { given: "five minutes old", ...seen(now - 300_000), want: "allow" },
    { given: "a millisecond older", ...seen(now - 300_001), want: deny },
    { given: "in the future", ...seen(now + 1), want: deny },
    { given: "never seen", ...seen(undefined), want: deny },
    { given: "null", ...seen(null), want: deny },
    { given: "true", ...seen(true), want: deny },
    { given: "as text", ...seen(String(now)), want: deny },
    { given: "at the beginning of numbers", ...seen(Number.MIN_SAFE_INTEGER), want: deny },
    { given: "no evidence at all", state: { evidence: undefined }, want: deny },
    { given: "a list in place of the map", state: { evidence: [now] }, want: deny },
    {
      given: "of no use to a tool that no effect reaches",
      ...seen(now - 300_001),
      effect: "",
      want: `${deny} granted`,
    },
  ],
});

runTable("evidence for one effect", {
  envelope: {
    evidence: { identity: { maxAgeSeconds: 0, effects: ["act"] } },
    effects: { other: leastEffect("tool.other") },
  },
  cases: [
    { given: "age 0 at maximum 0", state: { evidence: { identity: now } }, want: "allow" },
    { given: "age 1 at maximum 0", state: { evidence: { identity: now - 1 } }, want: "deny evidence/identity" },
    { given: "another effect needs none", state: { evidence: {} }, effect: "other", tool: "tool.other", want: "allow" },
    {
      given: "another effect needs none, whatever the evidence",
      state: { evidence: { identity: "no" } },
      effect: "other",
      tool: "tool.other",
      want: "allow",
    },
    {
      given: "the effect by a foreign tool still needs it",
      state: { evidence: { identity: null } },
      effect: "act",
      tool: "tool.other",
      want: "deny evidence/identity granted",
    },
    {
      given: "a request that names no effect needs none",
      state: { evidence: { identity: null } },
      effect: undefined,
      want: "deny granted",
    },
    { given: "no effect needs none", state: { evidence: { identity: null } }, effect: "", want: "deny granted" },
  ],
});
