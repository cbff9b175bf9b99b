import { runTable } from "../run.ts";

runTable("kill", {
  cases: [
    { given: "not killed", want: "allow" },
    { given: "killed", state: { killed: true }, want: "deny kill" },
    { given: "missing", state: { killed: undefined }, want: "deny kill" },
    { given: "null", state: { killed: null }, want: "deny kill" },
    { given: "zero is not false", state: { killed: 0 }, want: "deny kill" },
    { given: "the word false is not false", state: { killed: "false" }, want: "deny kill" },
    {
      given: "comes before everything else",
      state: { killed: true, halted: true, phase: "frozen" },
      want: "deny kill halt phase",
    },
    {
      given: "killed, by a tool that no effect reaches",
      state: { killed: true },
      effect: "",
      want: "deny kill granted",
    },
  ],
});
