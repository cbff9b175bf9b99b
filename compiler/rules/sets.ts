import type { Allow, ValueList } from "../../schema/envelope.ts";
import { below, effectSites, entries, type Rule } from "./rule.ts";

/** A named list that no bound uses is a warning (SPEC §14). */
export const sets: Rule = (envelope, { report }) => {
  const used = new Set<string>();
  for (const { effect } of effectSites(envelope)) {
    for (const [, allow] of entries(effect.allow)) for (const name of setsIn(allow)) used.add(name);
  }
  for (const name of Object.keys(envelope.sets ?? {})) {
    if (!used.has(name)) report("ref/unused_set", below("/sets", name), { name }, { at: "key" });
  }
};

function setsIn({ oneOf, noneOf, subsetOf, disjointFrom, under, noneUnder }: Allow): readonly string[] {
  const lists = [oneOf, noneOf, subsetOf, disjointFrom, under, noneUnder];
  return lists.flatMap((list: ValueList | undefined) => (list === undefined || Array.isArray(list) ? [] : [list.set]));
}
