import { leastEffect, runTable } from "../run.ts";

const deny = "deny granted";

runTable("granted: an effect through one of its own tools", {
  effect: { tools: ["tool.act", "tool.also"], session: { calls: { max: 0 } } },
  envelope: { effects: { other: leastEffect("tool.other") } },
  cases: [
    { given: "its second tool", effect: "act", tool: "tool.also", want: "deny effects/act/session/calls" },
    { given: "the other effect", effect: "other", tool: "tool.other", want: "allow" },
    { given: "the tool of another effect", effect: "other", tool: "tool.act", want: deny },
    { given: "an effect that is not listed", effect: "withdraw", tool: "tool.act", want: deny },
    { given: "no effect", effect: "", tool: "tool.act", want: deny },
    { given: "another case", effect: "Act", tool: "tool.act", want: deny },
    { given: "a member of every object", effect: "constructor", tool: "tool.act", want: deny },
    { given: "the prototype", effect: "__proto__", tool: "tool.act", want: deny },
    { given: "a tool by a member of every object", effect: "act", tool: "toString", want: deny },
    { given: "no tool", effect: "act", tool: undefined, want: deny },
    { given: "a number for a tool", effect: "act", tool: 0, want: deny },
    { given: "a list for an effect", effect: ["act"], want: deny },
  ],
});

runTable("granted: a tool that is not listed makes a request without effect", {
  effect: { tools: [{ tool: "tool.act", where: { "/method": ["GET"] } }] },
  cases: [
    { given: "the action granted", args: { method: "GET" }, want: "allow" },
    { given: "another action of the same tool", args: { method: "POST" }, want: deny },
    { given: "no action", args: {}, want: deny },
    { given: "the action in another type", args: { method: ["GET"] }, want: deny },
  ],
});
