/** That a tree continues an earlier one, its leaves untouched (RFC 9162, section 2.1.4), or holds a subtree as it was. */
import { emptyRoot, isEqualHash, isHash, nodeHash } from "./hash.ts";
import { isPath, type Path, type Proof, type Proven, proven, refuse } from "./proof.ts";
import { half, isCount, isOdd, isSubtree, type Subtree, splitOf, type TreeHead } from "./subtree.ts";
import type { Tree } from "./tree.ts";

export interface Consistency {
  readonly first: TreeHead;
  readonly second: TreeHead;
  readonly path: Path;
}

export interface SubtreeConsistency {
  readonly subtree: Subtree;
  readonly root: Uint8Array;
  readonly head: TreeHead;
  readonly path: Path;
}

/** PROOF(first, D_second), of the tree as it was when it had `second` leaves; `first` is 1 at least. */
export function proveConsistency(tree: Tree, first: number, second: number): Proof {
  return proveSubtreeConsistency(tree, { start: 0, end: first }, second);
}

/** SUBPROOF of RFC 9162, section 2.1.4.1, for the leaves of any subtree, which must not be empty. */
export function proveSubtreeConsistency(tree: Tree, subtree: Subtree, size: number): Proof {
  if (!isCount(subtree.start) || !isCount(subtree.end) || !isCount(size)) return refuse("malformed");
  if (!isSubtree(subtree) || subtree.end > size || size > tree.size) return refuse("out_of_range");
  const path: Uint8Array[] = [];
  let { start, end }: Subtree = { start: 0, end: size };
  let known = subtree;
  let isKnown = true;
  while (known.start !== start || known.end !== end) {
    const middle = start + splitOf(end - start);
    const isLeft = known.end <= middle;
    path.unshift(tree.rootOf(isLeft ? { start: middle, end } : { start, end: middle })!);
    if (isLeft) end = middle;
    else {
      if (known.start < middle) {
        known = { start: middle, end: known.end };
        isKnown = false;
      }
      start = middle;
    }
  }
  return { ok: true, path: isKnown ? path : [tree.rootOf(known)!, ...path] };
}

/** Total: whatever is given, the answer is a value. A tree without leaves has no continuation that could be proven. */
export function verifyConsistency({ first, second, path }: Consistency): Proven {
  if (first.size === 0) return refuse("out_of_range");
  return verifySubtreeConsistency({ subtree: { start: 0, end: first.size }, root: first.root, head: second, path });
}

/** RFC 9162, section 2.1.4.2, from any subtree instead of the leaves from 0. The empty one is in every tree. Total. */
export function verifySubtreeConsistency({ subtree, root, head, path }: SubtreeConsistency): Proven {
  const { start, end } = subtree;
  if (!isHash(root) || !isHash(head.root) || !isPath(path)) return refuse("malformed");
  if (!isCount(start) || !isCount(end) || !isCount(head.size)) return refuse("malformed");
  if (end > head.size) return refuse("out_of_range");
  if (start === end) return verifyEmpty(root, path);
  if (!isSubtree(subtree)) return refuse("out_of_range");
  return climb(subtree, root, head, path);
}

function verifyEmpty(root: Uint8Array, path: Path): Proven {
  if (path.length > 0) return refuse("wrong_length");
  return isEqualHash(root, emptyRoot) ? proven : refuse("wrong_root");
}

/** Both roots are computed on one way up: the subtree's out of the hashes on its left, the tree's out of all of them. */
function climb({ start, end }: Subtree, root: Uint8Array, head: TreeHead, path: Path): Proven {
  let [left, last, top] = [start, end - 1, head.size - 1];
  while (left !== last && (last === top || isOdd(last))) [left, last, top] = [half(left), half(last), half(top)];
  const [from = root, ...rest] = left === last ? [root, ...path] : path;
  if (left !== last && path.length === 0) return refuse("wrong_length");
  let [old, node] = [from, from];
  for (const hash of rest) {
    if (top === 0) return refuse("wrong_length");
    if (isOdd(last) || last === top) {
      if (left < last) old = nodeHash(hash, old);
      node = nodeHash(hash, node);
      while (!isOdd(last)) [left, last, top] = [half(left), half(last), half(top)];
    } else node = nodeHash(node, hash);
    [left, last, top] = [half(left), half(last), half(top)];
  }
  if (top !== 0) return refuse("wrong_length");
  return isEqualHash(old, root) && isEqualHash(node, head.root) ? proven : refuse("wrong_root");
}
