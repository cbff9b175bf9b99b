import type { Rule } from "../rule.ts";

/** An envelope that names a parent: nobody can activate it while delegation cannot be verified. */
export const namesParent: Rule = ({ parent }, { report }) => {
  if (parent === undefined) return;
  const cause = "a parent is named, and delegation cannot be verified in this version";
  report(
    "fires/never_fires",
    "/parent",
    { cause, effects: [], what: "activation always rejects the envelope" },
    { at: "key" },
  );
};
