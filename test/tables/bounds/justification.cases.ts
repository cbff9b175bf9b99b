import { runTable } from "../run.ts";

const deny = "deny effects/act/justification";
const justified = (justified: unknown) => ({ facts: { justified } });

runTable("justification: required", {
  effect: { justification: "required" },
  cases: [
    { given: "there is one", ...justified(true), want: "allow" },
    { given: "there is none", ...justified(false), want: deny },
    { given: "unknown", ...justified(undefined), want: deny },
    { given: "null", ...justified(null), want: deny },
    { given: "1 is not true", ...justified(1), want: deny },
    { given: "a text is not true", ...justified("because"), want: deny },
  ],
});

runTable("justification: none needed", {
  effect: { justification: "none" },
  cases: [{ given: "there is none", ...justified(false), want: "allow" }],
});
