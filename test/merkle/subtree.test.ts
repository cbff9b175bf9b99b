/** Subtrees: their roots are those of their leaves alone, and every tree that holds them proves it. */
import { describe, expect, test } from "vitest";
import { proveSubtreeConsistency, verifySubtreeConsistency } from "../../runtime/ledger/merkle/consistency.ts";
import { emptyRoot, leafHash } from "../../runtime/ledger/merkle/hash.ts";
import { verifySubtreeInclusion } from "../../runtime/ledger/merkle/inclusion.ts";
import { isSubtree } from "../../runtime/ledger/merkle/subtree.ts";
import { createTree } from "../../runtime/ledger/merkle/tree.ts";
import { entries, entry, mth, path } from "./definition.ts";

const largest = 40;
const tree = createTree();
for (let i = 0; i < largest; i++) tree.append(leafHash(entry(i)));
const all = entries(largest);
const runs = Array.from({ length: largest + 1 }, (_, start) =>
  Array.from({ length: largest + 1 - start }, (_, count) => ({ start, end: start + count })),
).flat();
const subtrees = runs.filter(isSubtree);

describe("runs that are no subtree", () => {
  test.each([
    { start: 1, end: 3 },
    { start: 2, end: 5 },
    { start: 3, end: 5 },
    { start: 2, end: 6 },
    { start: 3, end: 2 },
    { start: 3, end: 3 },
    { start: 0.5, end: 1 },
    { start: -2, end: 0 },
    { start: 0, end: 2 ** 53 },
  ])("$start to $end have no root and prove nothing", (subtree) => {
    expect(isSubtree(subtree)).toBe(false);
    expect(tree.rootOf(subtree)).toBeUndefined();
    expect(proveSubtreeConsistency(tree, subtree, largest).ok).toBe(false);
    const head = { size: largest, root: mth(all) };
    expect(verifySubtreeConsistency({ subtree, root: head.root, head, path: [] }).ok).toBe(false);
  });

  test("the empty one is in every tree, under the root of no leaves only", () => {
    const head = { size: largest, root: mth(all) };
    const empty = { subtree: { start: 7, end: 7 }, head, path: [] };
    expect(verifySubtreeConsistency({ ...empty, root: head.root }).ok).toBe(false);
    expect(verifySubtreeConsistency({ ...empty, root: emptyRoot, path: [emptyRoot] }).ok).toBe(false);
    expect(verifySubtreeConsistency({ ...empty, root: emptyRoot })).toEqual({ ok: true });
  });
});

describe("every subtree of up to 40 leaves", () => {
  test("has the root of its leaves alone", () => {
    for (const { start, end } of subtrees)
      expect(tree.rootOf({ start, end }), `${start} to ${end}`).toEqual(mth(all.slice(start, end)));
    expect(subtrees.length).toBe(140);
  });

  test("proves each of its leaves, and no neighbour in a leaf's place", () => {
    for (const subtree of subtrees) {
      const own = all.slice(subtree.start, subtree.end);
      const root = mth(own);
      for (let index = subtree.start; index < subtree.end; index++) {
        const inclusion = { index, subtree, root, path: path(index - subtree.start, own) };
        expect(verifySubtreeInclusion({ ...inclusion, leaf: leafHash(entry(index)) })).toEqual({ ok: true });
        expect(verifySubtreeInclusion({ ...inclusion, leaf: leafHash(entry(index + 1)) }).ok).toBe(false);
      }
    }
  });

  test("is proven unchanged in every tree that holds it, and not with another root", () => {
    for (const subtree of subtrees)
      for (let size = subtree.end; size <= largest; size++) {
        const proof = proveSubtreeConsistency(tree, subtree, size);
        const head = { size, root: tree.rootOf({ start: 0, end: size })! };
        const root = tree.rootOf(subtree)!;
        const path = proof.ok ? proof.path : [emptyRoot];
        expect(verifySubtreeConsistency({ subtree, root, head, path })).toEqual({ ok: true });
        const other = leafHash(root);
        expect(verifySubtreeConsistency({ subtree, root: other, head, path }).ok).toBe(false);
        expect(verifySubtreeConsistency({ subtree, root, head: { size, root: other }, path }).ok).toBe(false);
      }
  });
});
