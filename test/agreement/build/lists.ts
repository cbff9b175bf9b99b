import type { Allow } from "../../../schema/envelope.ts";

const lists = ["oneOf", "noneOf", "subsetOf", "disjointFrom", "under", "noneUnder"] as const;

/** The same operators with every list moved to the envelope's sets. */
export function nameLists(allow: Allow, sets: Map<string, readonly (string | number)[]>): Allow {
  const moved = lists.flatMap((operator) => {
    const list = allow[operator];
    if (!Array.isArray(list)) return [];
    const set = `set${sets.size}`;
    sets.set(set, list as (string | number)[]);
    return [[operator, { set }] as const];
  });
  return { ...allow, ...Object.fromEntries(moved) };
}
