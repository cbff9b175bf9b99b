/** A tree that only grows: it answers with its root and keeps one hash for each complete part, so it fits into a fold. */
import { emptyRoot, nodeHash } from "./hash.ts";
import { half, isOdd } from "./subtree.ts";

export interface Frontier {
  readonly size: number;
  /** The roots of the complete subtrees from the left, largest first: one for each bit of `size` that is set. */
  readonly peaks: readonly Uint8Array[];
}

export const emptyFrontier: Frontier = { size: 0, peaks: [] };

/** With one leaf more: at most log₂(size) hashes, one on average. */
export function growFrontier({ size, peaks }: Frontier, leaf: Uint8Array): Frontier {
  const grown = [...peaks];
  let node = leaf;
  for (let rest = size; isOdd(rest); rest = half(rest)) node = nodeHash(grown.pop()!, node);
  grown.push(node);
  return { size: size + 1, peaks: grown };
}

/** MTH of all leaves so far (RFC 9162, section 2.1.1). */
export function frontierRoot({ peaks }: Frontier): Uint8Array {
  if (peaks.length === 0) return emptyRoot;
  return peaks.reduceRight((right, left) => nodeHash(left, right));
}
