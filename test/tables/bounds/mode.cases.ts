import { leastEffect, runTable } from "../run.ts";

runTable("mode: base denies what is external", {
  effect: { external: true, channel: "execute", unjudged: "takes no arguments" },
  envelope: {
    mode: "base",
    budgets: { actions: { max: 9 }, externalCalls: { max: 9 } },
    effects: { read: leastEffect("tool.read") },
  },
  cases: [
    { given: "an external effect", want: "deny mode" },
    { given: "a local effect", effect: "read", tool: "tool.read", want: "allow" },
  ],
});

runTable("mode: a window admits it", {
  effect: { external: true, channel: "execute", unjudged: "takes no arguments" },
  envelope: { mode: "window", budgets: { actions: { max: 9 }, externalCalls: { max: 9 } } },
  cases: [{ given: "an external effect", want: "allow" }],
});
