import { runTable } from "../run.ts";

const id = "effects/act/channel";
const by = (keys: unknown) => ({ state: { approvals: { [id]: keys } } });
const hold = `hold ${id}`;
const envelope = { budgets: { actions: { max: 9 }, externalCalls: { max: 9 } } };

runTable("channel: proposed effects need two keys", {
  effect: { external: true, channel: "propose", unjudged: "takes no arguments", session: { calls: { max: 1 } } },
  envelope,
  cases: [
    { given: "two keys", ...by(2), want: "allow" },
    { given: "one key", ...by(1), want: hold },
    { given: "no key", ...by(0), want: hold },
    { given: "unknown", ...by(undefined), want: hold },
    { given: "as text", ...by("2"), want: hold },
    {
      given: "over-cap is deny, never hold",
      state: { approvals: undefined, meters: { "effects/act/session/calls": 1 } },
      want: `deny effects/act/session/calls ${id}`,
    },
  ],
});

runTable("channel: executed effects need none", {
  effect: { external: true, channel: "execute", unjudged: "takes no arguments" },
  envelope,
  cases: [{ given: "no key", ...by(0), want: "allow" }],
});

runTable("channel: people are asked for both bounds at once", {
  effect: {
    external: true,
    channel: "propose",
    unjudged: "takes no arguments",
    approval: { keys: 1, roles: ["risk"] },
  },
  envelope,
  cases: [{ given: "no keys", state: { approvals: undefined }, want: `hold effects/act/approval ${id}` }],
});
