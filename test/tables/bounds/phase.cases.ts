import { runTable } from "../run.ts";

const deny = "deny phase";

runTable("phase", {
  cases: [
    { given: "active", want: "allow" },
    { given: "frozen", state: { phase: "frozen" }, want: deny },
    { given: "closed", state: { phase: "closed" }, want: deny },
    { given: "another case", state: { phase: "Active" }, want: deny },
    { given: "a blank behind it", state: { phase: "active " }, want: deny },
    { given: "a look-alike letter", state: { phase: "аctive" }, want: deny },
    { given: "missing", state: { phase: undefined }, want: deny },
    { given: "true", state: { phase: true }, want: deny },
    { given: "a list of it", state: { phase: ["active"] }, want: deny },
  ],
});
