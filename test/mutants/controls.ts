/** Changes that no test may be said to have noticed: the runner itself is put to the test before it is believed. */
import type { Verdict } from "./lane.ts";
import type { Mutant } from "./mutant.ts";

const by = ["test/tables/bounds/kill.cases.ts"];
const file = "schema/reference/common.ts";
const from = 'state(request, "killed") === false';

export const controls: readonly (Mutant & { readonly want: Verdict["is"] })[] = [
  {
    file,
    what: "nothing: the other way to say it",
    from,
    to: 'false === state(request, "killed")',
    by,
    want: "passed",
  },
  { file, what: "a guard: what it asks is missing", from, to: 'state(request, "killed") !== true', by, want: "failed" },
  { file, what: "the grammar", from, to: `${from})`, by, want: "broken" },
  { file, what: "a name that nobody has declared", from, to: "nobody(request)", by, want: "broken" },
  {
    file: "policies/rego/bounds/kill.rego",
    what: "the grammar of Rego",
    from: "contains",
    to: "{",
    by,
    want: "broken",
  },
  {
    file,
    what: "what is read while the tables load",
    from: "  const at = instant(envelope.validity.notBefore);",
    to: '  const at = instant("");\n  if (Number.isNaN(at)) throw new Error("no time");',
    by,
    want: "broken",
  },
];
