/** Inclusion and consistency proofs of RFC 6962 and of subtrees, good ones and spoilt ones. */
import { describe, expect, test } from "vitest";
import { verifyConsistency, verifySubtreeConsistency } from "../../runtime/ledger/merkle/consistency.ts";
import { leafHash } from "../../runtime/ledger/merkle/hash.ts";
import { verifyInclusion, verifySubtreeInclusion } from "../../runtime/ledger/merkle/inclusion.ts";
import type { Proven } from "../../runtime/ledger/merkle/proof.ts";
import { figure } from "../figure.ts";
import { filesBelow, missing, textOf } from "./corpora.ts";

interface Vector {
  readonly wantErr: boolean;
  readonly proof: readonly string[] | null;
  readonly [member: string]: unknown;
}

type Read = (base64: unknown) => Uint8Array;

const asWritten: Read = (base64) => new Uint8Array(Buffer.from(String(base64), "base64"));

/** Some vectors write `don't care 1` for a root that may be any: it stands for a hash, and is none. */
const placeholder = /^don't care \d$/;

const asMeant: Read = (base64) => {
  const bytes = asWritten(base64);
  return placeholder.test(Buffer.from(bytes).toString()) ? leafHash(bytes) : bytes;
};

const verifiers: Readonly<Record<string, (vector: Vector, read: Read) => Proven>> = {
  inclusion: (v, read) => verifyInclusion({ ...leafOf(v, read), head: head(v.treeSize, v.root, read) }),
  subtreeinclusion: (v, read) =>
    verifySubtreeInclusion({ ...leafOf(v, read), root: read(v.root), subtree: subtreeOf(v) }),
  consistency: (v, read) =>
    verifyConsistency({
      first: head(v.size1, v.root1, read),
      second: head(v.size2, v.root2, read),
      path: pathOf(v, read),
    }),
  subtreeconsistency: (v, read) =>
    verifySubtreeConsistency({
      subtree: subtreeOf(v),
      root: read(v.root1),
      head: head(v.size, v.root2, read),
      path: pathOf(v, read),
    }),
};

const head = (size: unknown, root: unknown, read: Read) => ({ size: Number(size), root: read(root) });
const subtreeOf = ({ start, end }: Vector) => ({ start: Number(start), end: Number(end) });
const pathOf = ({ proof }: Vector, read: Read) => (proof ?? []).map(read);
const leafOf = (v: Vector, read: Read) => ({
  leaf: read(v.leafHash),
  index: Number(v.leafIdx),
  path: pathOf(v, read),
});

const files = filesBelow("merkle", /\/.+\.json$/);

function judge(file: string, read: Read): { readonly want: boolean; readonly got: Proven } {
  const vector: Vector = JSON.parse(textOf(file));
  return { want: !vector.wantErr, got: verifiers[file.split("/")[1]!]!(vector, read) };
}

describe.skipIf(missing)("Merkle proofs (AMBIT_CORPORA)", () => {
  test("the spoilt ones are refused as they are written", () => {
    const spoilt = files.map((file) => ({ file, ...judge(file, asWritten) })).filter(({ want }) => !want);
    expect(spoilt.filter(({ got }) => got.ok)).toEqual([]);
    expect(spoilt.length).toBe(482);
  });

  test("each is judged right, a hash standing where a placeholder is written", () => {
    const wrong = (read: Read) =>
      files.filter((file) => {
        const { want, got } = judge(file, read);
        return want !== got.ok;
      });
    const [meant, written] = [files.length - wrong(asMeant).length, files.length - wrong(asWritten).length];
    figure(
      `Merkle: ${meant} of ${files.length} proofs judged right (${written} as written, the others with hashes for placeholder roots)`,
    );
    expect(wrong(asMeant)).toEqual([]);
    expect(files.length).toBe(518);
  });

  test("four good ones have a placeholder for a root: read as it is written it is no hash, and they are refused", () => {
    const refused = files.filter((file) => {
      const { want, got } = judge(file, asWritten);
      return want && !got.ok;
    });
    for (const file of refused) expect(judge(file, asWritten).got).toEqual({ ok: false, reason: "malformed" });
    expect(refused.length).toBe(4);
  });
});
