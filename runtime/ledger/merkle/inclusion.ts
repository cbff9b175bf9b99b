/** That a leaf stands at its place in a tree (RFC 9162, section 2.1.3), or in a subtree. */
import { isEqualHash, isHash, nodeHash } from "./hash.ts";
import { isPath, type Path, type Proof, type Proven, proven, refuse } from "./proof.ts";
import { half, isCount, isOdd, isSubtree, type Subtree, splitOf, type TreeHead } from "./subtree.ts";
import type { Tree } from "./tree.ts";

export interface SubtreeInclusion {
  /** The leaf's hash, not its entry. */
  readonly leaf: Uint8Array;
  readonly index: number;
  readonly subtree: Subtree;
  readonly root: Uint8Array;
  readonly path: Path;
}

export interface Inclusion extends Omit<SubtreeInclusion, "subtree" | "root"> {
  readonly head: TreeHead;
}

/** PATH(index, D_size), of the tree as it was when it had `size` leaves. */
export function proveInclusion(tree: Tree, index: number, size: number): Proof {
  if (!isCount(index) || !isCount(size)) return refuse("malformed");
  if (index >= size || size > tree.size) return refuse("out_of_range");
  const path: Uint8Array[] = [];
  let { start, end }: Subtree = { start: 0, end: size };
  while (end - start > 1) {
    const middle = start + splitOf(end - start);
    const sibling = index < middle ? { start: middle, end } : { start, end: middle };
    path.unshift(tree.rootOf(sibling)!);
    if (index < middle) end = middle;
    else start = middle;
  }
  return { ok: true, path };
}

/** Total: whatever is given, the answer is a value. */
export function verifyInclusion({ leaf, index, head, path }: Inclusion): Proven {
  return verifySubtreeInclusion({ leaf, index, subtree: { start: 0, end: head.size }, root: head.root, path });
}

/** RFC 9162, section 2.1.3.2, with places counted from the subtree's start. Total. */
export function verifySubtreeInclusion({ leaf, index, subtree, root, path }: SubtreeInclusion): Proven {
  if (!isHash(leaf) || !isHash(root) || !isPath(path) || !isCount(index)) return refuse("malformed");
  if (!isCount(subtree.start) || !isCount(subtree.end)) return refuse("malformed");
  if (!isSubtree(subtree) || index < subtree.start || index >= subtree.end) return refuse("out_of_range");
  let place = index - subtree.start;
  let last = subtree.end - subtree.start - 1;
  let node = leaf;
  for (const hash of path) {
    if (last === 0) return refuse("wrong_length");
    if (isOdd(place) || place === last) {
      node = nodeHash(hash, node);
      while (!isOdd(place)) [place, last] = [half(place), half(last)];
    } else node = nodeHash(node, hash);
    [place, last] = [half(place), half(last)];
  }
  if (last !== 0) return refuse("wrong_length");
  return isEqualHash(node, root) ? proven : refuse("wrong_root");
}
