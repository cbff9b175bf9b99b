import { runTable } from "../run.ts";

runTable("requires: every flag is among the capabilities", {
  effect: { requires: ["NET_ACCESS", "IO_READ_LOCAL"] },
  envelope: { capabilities: ["IO_READ_LOCAL", "NET_ACCESS"] },
  cases: [{ given: "both are", want: "allow" }],
});

runTable("requires: one flag is missing, so the effect is dead", {
  effect: { requires: ["NET_ACCESS", "FINANCIAL_ACTIONS", "IO_READ_LOCAL"] },
  envelope: { capabilities: ["NET_ACCESS"] },
  cases: [
    {
      given: "whatever is asked",
      want: "deny effects/act/requires/FINANCIAL_ACTIONS effects/act/requires/IO_READ_LOCAL",
    },
    { given: "not judged where nothing is granted", effect: "act", tool: "x", want: "deny granted" },
  ],
});
