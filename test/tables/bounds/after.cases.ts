import { leastEffect, now, runTable } from "../run.ts";

const settled = (plan: unknown) => ({ state: { last: { plan } } });
const deny = "deny effects/act/after/0";

runTable("after: planned within the hour", {
  effect: {
    after: [
      { effect: "plan", withinSeconds: 3600 },
      { effect: "check", withinSeconds: 60 },
    ],
  },
  envelope: { effects: { plan: leastEffect("tool.plan"), check: leastEffect("tool.check") } },
  cases: [
    { given: "just now", ...settled(now), want: "allow" },
    { given: "an hour ago", ...settled(now - 3_600_000), want: "allow" },
    { given: "a millisecond longer ago", ...settled(now - 3_600_001), want: deny },
    { given: "in the future", ...settled(now + 1), want: deny },
    { given: "never", ...settled(undefined), want: deny },
    { given: "null", ...settled(null), want: deny },
    { given: "true", ...settled(true), want: deny },
    { given: "as text", ...settled(String(now)), want: deny },
    { given: "at the beginning of numbers", ...settled(Number.MIN_SAFE_INTEGER), want: deny },
    { given: "the other too long ago", state: { last: { check: now - 60_001 } }, want: "deny effects/act/after/1" },
    { given: "nothing ever settled", state: { last: undefined }, want: `${deny} effects/act/after/1` },
  ],
});
