/** Whether a ledger still holds what an earlier checkpoint of it has said. The signatures have been verified before. */
import { verifyConsistency } from "../merkle/consistency.ts";
import { isEqualHash } from "../merkle/hash.ts";
import type { Path } from "../merkle/proof.ts";
import type { Checkpoint } from "./checkpoint.ts";

/**
 * `other_log`: the two are not of one log; `truncated`: fewer records than there were; `rewritten`: other records than there were;
 * `unproven`: the path is no path between the two trees, which are one log's if another path is.
 */
export type HistoryRefusal = "other_log" | "truncated" | "rewritten" | "unproven";

export type Continued = { readonly ok: true } | { readonly ok: false; readonly reason: HistoryRefusal };

/**
 * For whoever has the ledger, against a checkpoint kept elsewhere.
 *
 * @param rootAt the root that the ledger's first `size` records have; undefined where there are fewer
 */
export function holdsCheckpoint(
  rootAt: (size: number) => Uint8Array | undefined,
  { head }: Pick<Checkpoint, "head">,
): Continued {
  const root = rootAt(head.size);
  if (root === undefined) return { ok: false, reason: "truncated" };
  return isEqualHash(root, head.root) ? { ok: true } : { ok: false, reason: "rewritten" };
}

/** For whoever has checkpoints only: the later one against an earlier one, with a consistency proof. */
export function continuesCheckpoint(earlier: Checkpoint, later: Checkpoint, path: Path): Continued {
  if (earlier.origin !== later.origin) return { ok: false, reason: "other_log" };
  const [first, second] = [earlier.head, later.head];
  if (second.size < first.size) return { ok: false, reason: "truncated" };
  if (first.size === 0) return path.length === 0 ? { ok: true } : { ok: false, reason: "unproven" };
  if (first.size === second.size && !isEqualHash(first.root, second.root)) return { ok: false, reason: "rewritten" };
  return verifyConsistency({ first, second, path }).ok ? { ok: true } : { ok: false, reason: "unproven" };
}
