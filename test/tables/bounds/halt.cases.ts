import { runTable } from "../run.ts";

runTable("halt", {
  cases: [
    { given: "not halted", want: "allow" },
    { given: "halted", state: { halted: true }, want: "deny halt" },
    { given: "missing", state: { halted: undefined }, want: "deny halt" },
    { given: "null", state: { halted: null }, want: "deny halt" },
    { given: "an empty text is not false", state: { halted: "" }, want: "deny halt" },
    { given: "a list is not false", state: { halted: [] }, want: "deny halt" },
  ],
});
