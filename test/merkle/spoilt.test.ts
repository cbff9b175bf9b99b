/** Proofs changed in any one place are refused, whatever is given the answer is a value. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { proveConsistency, verifyConsistency } from "../../runtime/ledger/merkle/consistency.ts";
import { emptyRoot, leafHash } from "../../runtime/ledger/merkle/hash.ts";
import { proveInclusion, verifyInclusion } from "../../runtime/ledger/merkle/inclusion.ts";
import type { Path, Proof } from "../../runtime/ledger/merkle/proof.ts";
import { createTree } from "../../runtime/ledger/merkle/tree.ts";
import { entry } from "./definition.ts";

const largest = 17;
const tree = createTree();
for (let i = 0; i < largest; i++) tree.append(leafHash(entry(i)));
const head = (size: number) => ({ size, root: tree.rootOf({ start: 0, end: size })! });
const sizes = Array.from({ length: largest }, (_, i) => i + 1);

const pathOf = (proof: Proof): Path => (proof.ok ? proof.path : []);
const flips = (hash: Uint8Array) =>
  [...hash.keys()].map((at) => hash.map((byte, i) => (i === at ? byte ^ (1 << (at % 8)) : byte)));

function* spoiltPaths(path: Path, others: readonly Uint8Array[]): Generator<Path> {
  for (const [i, hash] of path.entries()) {
    for (const flipped of flips(hash)) yield path.with(i, flipped);
    yield path.toSpliced(i, 1);
    yield path.with(i, hash.subarray(1));
    if (i > 0) yield path.with(i, path[i - 1]!).with(i - 1, hash);
  }
  for (const other of others) for (let i = 0; i <= path.length; i++) yield path.toSpliced(i, 0, other);
}

describe("an inclusion proof is refused", () => {
  const inclusions = sizes.flatMap((size) =>
    sizes.slice(0, size).map((_, index) => {
      const path = pathOf(proveInclusion(tree, index, size));
      return { leaf: leafHash(entry(index)), index, head: head(size), path };
    }),
  );

  test("with a byte changed in its path, a hash more, fewer, shorter or out of place", () => {
    let spoilt = 0;
    for (const inclusion of inclusions)
      for (const path of spoiltPaths(inclusion.path, [inclusion.leaf, inclusion.head.root, emptyRoot])) {
        expect(verifyInclusion({ ...inclusion, path }).ok).toBe(false);
        spoilt++;
      }
    expect(spoilt).toBeGreaterThan(5_000);
  });

  test("for another leaf, another place or another root", () => {
    for (const inclusion of inclusions) {
      const { size, root } = inclusion.head;
      for (const leaf of flips(inclusion.leaf)) expect(verifyInclusion({ ...inclusion, leaf }).ok).toBe(false);
      for (const other of flips(root))
        expect(verifyInclusion({ ...inclusion, head: { size, root: other } }).ok).toBe(false);
      for (let index = 0; index <= size; index++)
        if (index !== inclusion.index) expect(verifyInclusion({ ...inclusion, index }).ok).toBe(false);
    }
  });

  test("when an inner node is passed off as a leaf", () => {
    const root = tree.rootOf({ start: 0, end: 4 })!;
    const node = tree.rootOf({ start: 0, end: 2 })!;
    const path = [tree.rootOf({ start: 2, end: 4 })!];
    expect(verifyInclusion({ leaf: node, index: 0, head: { size: 4, root }, path })).toEqual({
      ok: false,
      reason: "wrong_length",
    });
    const children = new Uint8Array([...leafHash(entry(0)), ...leafHash(entry(1))]);
    expect(verifyInclusion({ leaf: leafHash(children), index: 0, head: { size: 2, root }, path })).toEqual({
      ok: false,
      reason: "wrong_root",
    });
  });
});

describe("a consistency proof is refused", () => {
  const growths = sizes.flatMap((second) =>
    sizes.slice(0, second).map((first) => {
      const path = pathOf(proveConsistency(tree, first, second));
      return { first: head(first), second: head(second), path };
    }),
  );

  test("with a byte changed in its path, a hash more, fewer, shorter or out of place", () => {
    let spoilt = 0;
    for (const growth of growths)
      for (const path of spoiltPaths(growth.path, [growth.first.root, growth.second.root, emptyRoot])) {
        expect(verifyConsistency({ ...growth, path }).ok).toBe(false);
        spoilt++;
      }
    expect(spoilt).toBeGreaterThan(5_000);
  });

  test("for other roots, and backwards", () => {
    for (const { first, second, path } of growths) {
      for (const root of flips(first.root))
        expect(verifyConsistency({ first: { ...first, root }, second, path }).ok).toBe(false);
      for (const root of flips(second.root))
        expect(verifyConsistency({ first, second: { ...second, root }, path }).ok).toBe(false);
      if (first.size < second.size)
        expect(verifyConsistency({ first: second, second: first, path })).toEqual({
          ok: false,
          reason: "out_of_range",
        });
    }
  });

  test("when an earlier root is passed off as that of a larger tree", () => {
    for (const size of sizes)
      for (let larger = size + 1; larger <= 2 * largest; larger++) {
        const growth = { first: head(size), second: { ...head(size), size: larger } };
        expect(verifyConsistency({ ...growth, path: [] })).toEqual({ ok: false, reason: "wrong_length" });
        expect(verifyConsistency({ ...growth, path: [growth.first.root] }).ok).toBe(false);
      }
  });

  test("from the empty tree, which everything would continue", () => {
    const first = { size: 0, root: emptyRoot };
    expect(verifyConsistency({ first, second: head(3), path: [] })).toEqual({ ok: false, reason: "out_of_range" });
    expect(proveConsistency(tree, 0, 3)).toEqual({ ok: false, reason: "out_of_range" });
  });
});

describe("whatever is given", () => {
  const anything = fc.oneof(
    fc.anything(),
    fc.constantFrom(-1, 0.5, Number.NaN, Infinity, 2 ** 53, Number.MAX_SAFE_INTEGER, new Array(3), emptyRoot, [
      emptyRoot,
    ]),
  );
  const settings = { numRuns: 300 };

  test("nothing is proven by it, and nothing is thrown", () => {
    fc.assert(
      fc.property(fc.array(anything, { minLength: 5, maxLength: 5 }), ([leaf, index, size, root, path]) => {
        const inclusion = [{ leaf, index, head: { size, root }, path }];
        const growth = [{ first: { size: index, root: leaf }, second: { size, root }, path }];
        const isSame = leaf === root && (index === size || (index === 0 && size === 1));
        if (isSame) return;
        expect(Reflect.apply(verifyInclusion, undefined, inclusion).ok).toBe(false);
        expect(Reflect.apply(verifyConsistency, undefined, growth).ok).toBe(false);
        for (const prove of [proveInclusion, proveConsistency])
          expect(Reflect.apply(prove, undefined, [tree, index, size])).toHaveProperty("ok");
      }),
      settings,
    );
  });

  test("what is no hash of 32 bytes equals nothing, itself not either", () => {
    for (const root of [new Uint8Array(), new Uint8Array(31), new Uint8Array(33)]) {
      const head = { size: 1, root };
      const malformed = { ok: false, reason: "malformed" };
      expect(verifyInclusion({ leaf: root, index: 0, head, path: [] })).toEqual(malformed);
      expect(verifyConsistency({ first: head, second: head, path: [] })).toEqual(malformed);
    }
  });

  test("no leaf outside the tree, and no tree larger than there is, can be proven", () => {
    expect(proveInclusion(tree, 5, 5)).toEqual({ ok: false, reason: "out_of_range" });
    expect(proveInclusion(tree, 0, largest + 1)).toEqual({ ok: false, reason: "out_of_range" });
    expect(proveInclusion(tree, -1, 5)).toEqual({ ok: false, reason: "malformed" });
    expect(proveConsistency(tree, 5, largest + 1)).toEqual({ ok: false, reason: "out_of_range" });
    expect(proveConsistency(tree, 6, 5)).toEqual({ ok: false, reason: "out_of_range" });
  });

  test("sizes near the largest count end soon", () => {
    const head = { size: Number.MAX_SAFE_INTEGER, root: emptyRoot };
    const path = Array.from({ length: 53 }, () => emptyRoot);
    expect(verifyInclusion({ leaf: emptyRoot, index: 1, head, path })).toEqual({ ok: false, reason: "wrong_root" });
    expect(verifyConsistency({ first: { size: 2 ** 52 + 1, root: emptyRoot }, second: head, path }).ok).toBe(false);
  });
});
