/** Roots and proofs against the definitions of RFC 9162, at every size. */
import { describe, expect, test } from "vitest";
import { proveConsistency, verifyConsistency } from "../../runtime/ledger/merkle/consistency.ts";
import { emptyFrontier, frontierRoot, growFrontier } from "../../runtime/ledger/merkle/frontier.ts";
import { leafHash } from "../../runtime/ledger/merkle/hash.ts";
import { proveInclusion, verifyInclusion } from "../../runtime/ledger/merkle/inclusion.ts";
import { createTree } from "../../runtime/ledger/merkle/tree.ts";
import { entries, entry, mth, path, subproof } from "./definition.ts";

const largest = 300;
/** Every pair of sizes and every leaf of every size is proven and verified; the path is held against its definition at these. */
const defined = [1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 31, 33, 64, 100, 128, 255, 256, 257, 300];

const tree = createTree();
const roots = [mth([])];
let frontier = emptyFrontier;
const frontierRoots = [frontierRoot(frontier)];
for (let i = 0; i < largest; i++) {
  tree.append(leafHash(entry(i)));
  frontier = growFrontier(frontier, leafHash(entry(i)));
  frontierRoots.push(frontierRoot(frontier));
  roots.push(mth(entries(i + 1)));
}
const head = (size: number) => ({ size, root: roots[size]! });

describe("every size to 300", () => {
  test("a growing tree's root is the definition's", () => {
    expect(frontierRoots).toEqual(roots);
    expect(frontier.size).toBe(largest);
  });

  test("a kept tree answers with the root of every size that it has had", () => {
    for (let size = 0; size <= largest; size++)
      expect(tree.rootOf({ start: 0, end: size }), `size ${size}`).toEqual(roots[size]);
    expect(tree.rootOf({ start: 0, end: largest + 1 })).toBeUndefined();
  });

  test("every leaf is proven included in every tree that holds it", () => {
    const failed: string[] = [];
    for (let size = 1; size <= largest; size++)
      for (let index = 0; index < size; index++) {
        const proof = proveInclusion(tree, index, size);
        const inclusion = { leaf: leafHash(entry(index)), index, head: head(size) };
        if (!proof.ok || !verifyInclusion({ ...inclusion, path: proof.path }).ok) failed.push(`${index} of ${size}`);
      }
    expect(failed).toEqual([]);
  });

  test("every size is proven consistent with every larger one", () => {
    const failed: string[] = [];
    for (let second = 1; second <= largest; second++)
      for (let first = 1; first <= second; first++) {
        const proof = proveConsistency(tree, first, second);
        const heads = { first: head(first), second: head(second) };
        if (!proof.ok || !verifyConsistency({ ...heads, path: proof.path }).ok) failed.push(`${first} to ${second}`);
      }
    expect(failed).toEqual([]);
  });
});

describe("the paths are those of the definition", () => {
  test.each(defined)("of %i leaves", (size) => {
    for (const place of [...defined, size].filter((each) => each <= size)) {
      expect(proveInclusion(tree, place - 1, size)).toEqual({ ok: true, path: path(place - 1, entries(size)) });
      expect(proveConsistency(tree, place, size)).toEqual({ ok: true, path: subproof(place, entries(size)) });
    }
  });
});
