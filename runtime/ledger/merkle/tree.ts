/** A tree that keeps the hash of every complete part: roots and proofs of any size that it has had. */
import { emptyRoot, nodeHash } from "./hash.ts";
import { isOdd, isSubtree, type Subtree, splitOf } from "./subtree.ts";

export interface Tree {
  readonly size: number;
  /** Two hashes on average, log₂(size) at most. */
  append(leaf: Uint8Array): void;
  /** @returns undefined where the tree does not hold all these leaves, or they are no subtree */
  rootOf(subtree: Subtree): Uint8Array | undefined;
}

export function createTree(): Tree {
  /** `levels[k][i]` is the root of the leaves from i·2^k to (i+1)·2^k. */
  const levels: Uint8Array[][] = [[]];

  const append = (leaf: Uint8Array) => {
    let node = leaf;
    for (let level = 0; ; level++) {
      const row = levels[level] ?? [];
      levels[level] = row;
      row.push(node);
      if (isOdd(row.length)) return;
      node = nodeHash(row[row.length - 2]!, node);
    }
  };

  const size = () => levels[0]!.length;

  const rootWithin = ({ start, end }: Subtree): Uint8Array => {
    const count = end - start;
    if (count === 1) return levels[0]![start]!;
    const split = splitOf(count);
    if (split * 2 === count) return levels[Math.round(Math.log2(count))]![start / count]!;
    const middle = start + split;
    return nodeHash(rootWithin({ start, end: middle }), rootWithin({ start: middle, end }));
  };

  const rootOf = (subtree: Subtree): Uint8Array | undefined => {
    if (subtree.start === 0 && subtree.end === 0) return emptyRoot;
    return isSubtree(subtree) && subtree.end <= size() ? rootWithin(subtree) : undefined;
  };

  return {
    get size() {
      return size();
    },
    append,
    rootOf,
  };
}
