import { leastEffect, runTable } from "../run.ts";

runTable("forbidden", {
  effect: { tags: ["routine"] },
  envelope: {
    forbidden: [
      { effect: "withdraw", reason: "never" },
      { tool: "broker.change_api_keys" },
      { tag: "irreversible" },
      { effect: "drop" },
    ],
    effects: {
      drop: leastEffect("tool.drop"),
      wipe: leastEffect("tool.wipe", { tags: ["costly", "irreversible"] }),
      keys: leastEffect("broker.change_api_keys"),
    },
  },
  cases: [
    { given: "nothing matches", want: "allow" },
    { given: "a granted effect that is forbidden", effect: "drop", tool: "tool.drop", want: "deny forbidden/3" },
    { given: "a granted effect by its tag", effect: "wipe", tool: "tool.wipe", want: "deny forbidden/2" },
    { given: "a granted effect by its tool", effect: "keys", tool: "broker.change_api_keys", want: "deny forbidden/1" },
    { given: "an effect that is not granted", effect: "withdraw", tool: "x", want: "deny forbidden/0 granted" },
    { given: "a tool that no effect reaches", effect: "", tool: "x", want: "deny granted" },
    {
      given: "a forbidden tool that no effect reaches",
      effect: "",
      tool: "broker.change_api_keys",
      want: "deny forbidden/1 granted",
    },
    { given: "a tool in another case", effect: "", tool: "Broker.change_api_keys", want: "deny granted" },
    { given: "no effect member", effect: undefined, want: "deny forbidden/0 forbidden/2 forbidden/3 granted" },
    { given: "effect is no text", effect: ["act"], want: "deny forbidden/0 forbidden/2 forbidden/3 granted" },
    {
      given: "effect has a lone surrogate",
      effect: "act\ud800",
      want: "deny forbidden/0 forbidden/2 forbidden/3 granted",
    },
    { given: "tool has a lone surrogate", tool: "tool.act\ud800", want: "deny forbidden/1 granted" },
    { given: "tool is no text", tool: { name: "tool.act" }, want: "deny forbidden/1 granted" },
    {
      given: "neither",
      effect: null,
      tool: null,
      want: "deny forbidden/0 forbidden/1 forbidden/2 forbidden/3 granted",
    },
  ],
});
