/** Names by which nobody can tell two people apart: they are no names of two people (SPEC §9). */
import type { RegisteredKey } from "../../schema/people.ts";

/** The rest of a sentence that begins with the registry; undefined where each of the people has a name of his own. */
export function sameNameProblem(keys: readonly Pick<RegisteredKey, "person">[]): string | undefined {
  const seen = new Map<string, number>();
  for (const [i, { person }] of keys.entries()) {
    const read = asRead(person);
    const first = seen.get(read) ?? i;
    const other = keys[first]?.person ?? person;
    if (other !== person)
      return `has at \`/keys/${first}/person\` and \`/keys/${i}/person\` names that read the same, ${escaped(other)} and ${escaped(person)}: write one person's name in one way, and tell two people apart`;
    seen.set(read, first);
  }
  return undefined;
}

/** Without what readers pass over: how letters are composed, capitals, kinds and numbers of spaces, what is not shown at all. */
function asRead(name: string): string {
  const shown = name.normalize("NFKC").replace(/\p{Default_Ignorable_Code_Point}/gu, "");
  return shown.toUpperCase().toLowerCase().normalize("NFKC").replace(/\s+/gu, " ").trim();
}

/** All but printable ASCII as escapes: there the two differ. */
function escaped(name: string): string {
  const asUnit = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(name).replace(/[^ -~]/g, asUnit);
}
