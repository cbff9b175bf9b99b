import { leastEffect, runTable } from "../run.ts";

const used = (id: string, value: unknown) => ({ state: { meters: { [id]: value } } });

runTable("budgets: actions, external calls and meters that are fed", {
  effect: {
    external: true,
    channel: "execute",
    fields: { fee: { type: "decimal", from: "/fee", scale: 2, unit: "USD" } },
    perCall: { fee: { min: "-1.00", max: "500.00" } },
    consumes: { spend: "fee", weight: 3 },
  },
  envelope: {
    budgets: {
      actions: { max: 2 },
      externalCalls: { max: 1 },
      spend: { max: "500.00", unit: "USD" },
      weight: { max: 4 },
      idle: { max: 0 },
    },
    effects: { read: leastEffect("tool.read") },
  },
  cases: [
    { given: "up to the cap", args: { fee: "1.00" }, ...used("budgets/spend", 49_900), want: "allow" },
    { given: "a cent over", args: { fee: "1.01" }, ...used("budgets/spend", 49_900), want: "deny budgets/spend" },
    { given: "zero at an exhausted budget", args: { fee: "0.00" }, ...used("budgets/spend", 50_000), want: "allow" },
    { given: "a negative amount", args: { fee: "-0.01" }, ...used("budgets/spend", 0), want: "deny budgets/spend" },
    { given: "a constant up to the cap", args: { fee: 0 }, ...used("budgets/weight", 1), want: "allow" },
    { given: "a constant one over", args: { fee: 0 }, ...used("budgets/weight", 2), want: "deny budgets/weight" },
    { given: "the last action", args: { fee: 0 }, ...used("budgets/actions", 1), want: "allow" },
    { given: "an action too many", args: { fee: 0 }, ...used("budgets/actions", 2), want: "deny budgets/actions" },
    {
      given: "an external call too many",
      args: { fee: 0 },
      ...used("budgets/externalCalls", 1),
      want: "deny budgets/externalCalls",
    },
    { given: "unknown use", args: { fee: 0 }, ...used("budgets/spend", undefined), want: "deny budgets/spend" },
    { given: "use in another type", args: { fee: 0 }, ...used("budgets/spend", "0"), want: "deny budgets/spend" },
    { given: "a meter that nothing feeds is not judged", args: { fee: 0 }, ...used("budgets/idle", 99), want: "allow" },
    {
      given: "a local effect feeds actions only",
      effect: "read",
      tool: "tool.read",
      state: { meters: { "budgets/externalCalls": 9, "budgets/spend": "?" } },
      want: "allow",
    },
  ],
});
