import { runTable } from "../run.ts";

const before = (first: unknown, second: unknown = 0) => ({
  state: { velocity: { "effects/act/velocity/0": first, "effects/act/velocity/1": second } },
});
const deny = "deny effects/act/velocity/0";

runTable("velocity: allowed before in the last seconds", {
  effect: {
    velocity: [
      { max: 3, seconds: 60 },
      { max: 10, seconds: 3600 },
    ],
  },
  cases: [
    { given: "none before", ...before(0), want: "allow" },
    { given: "two before", ...before(2), want: "allow" },
    { given: "three before", ...before(3), want: deny },
    { given: "the other window is full", ...before(0, 10), want: "deny effects/act/velocity/1" },
    { given: "both are full", ...before(3, 10), want: `${deny} effects/act/velocity/1` },
    { given: "a negative count", ...before(-1), want: deny },
    { given: "unknown", ...before(undefined), want: deny },
    { given: "text", ...before("0"), want: deny },
    { given: "null", ...before(null), want: deny },
    { given: "a half", ...before(0.5), want: deny },
    { given: "no counts", state: { velocity: [] }, want: `${deny} effects/act/velocity/1` },
  ],
});

runTable("velocity: taken from the defaults", {
  effect: { velocity: undefined },
  envelope: { defaults: { velocity: [{ max: 1, seconds: 60 }] } },
  cases: [
    { given: "none before", ...before(0), want: "allow" },
    { given: "one before", ...before(1), want: deny },
  ],
});
