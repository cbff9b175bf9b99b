/** A witness as records hold it: in as many as it takes, each of which is short enough for any store (SPEC §10). */
import type { Witness, Witnessed } from "../../../schema/ledger.ts";
import type { WitnessBegun } from "../ending.ts";
import type { Accounted } from "./account.ts";

/** An entry has at most some 300 characters, and a record 4,194,304. */
export const entriesInPart = 10_000;

type Lists = Pick<Witness, "attempted" | "changed" | "deferred">;

/** Everything attempted, then everything changed, then everything deferred, cut after every ten thousand. At least one part. */
export function partsOf({ attempted, changed, deferred }: Accounted): readonly Lists[] {
  const all = [
    ...attempted.map((entry) => ({ list: "attempted", entry }) as const),
    ...changed.map((entry) => ({ list: "changed", entry }) as const),
    ...deferred.map((entry) => ({ list: "deferred", entry }) as const),
  ];
  const parts: Lists[] = [];
  for (let from = 0; from === 0 || from < all.length; from += entriesInPart) {
    const lists: { readonly [K in keyof Lists]: Witnessed[] } = { attempted: [], changed: [], deferred: [] };
    for (const { list, entry } of all.slice(from, from + entriesInPart)) lists[list].push(entry);
    parts.push(lists);
  }
  return parts;
}

/**
 * What the record says.
 *
 * @param part from 1
 */
export function witnessBody(
  parts: readonly Lists[],
  part: number,
  { head, incident }: Pick<WitnessBegun, "head" | "incident">,
  policyDigest: string,
): Witness {
  const { attempted, changed, deferred } = parts[part - 1] ?? { attempted: [], changed: [], deferred: [] };
  return {
    attempted,
    changed,
    deferred,
    head: head.hash,
    policyDigest,
    ...(parts.length === 1 ? {} : { part, parts: parts.length }),
    ...(incident === undefined ? {} : { incident }),
  };
}
