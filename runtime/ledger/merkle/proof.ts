/** What proofs are made of, and how one is refused. */
import { isHash } from "./hash.ts";

/** Hashes of 32 bytes, from the leaf's side up to the root's. */
export type Path = readonly Uint8Array[];

/**
 * `malformed`: something is no count, or no hash of 32 bytes; `out_of_range`: no such leaf, or no such tree; `wrong_length`: the
 * path has too few hashes or too many; `wrong_root`: it leads to another root.
 */
export type ProofRefusal = "malformed" | "out_of_range" | "wrong_length" | "wrong_root";

export type Proven = { readonly ok: true } | { readonly ok: false; readonly reason: ProofRefusal };

export type Proof =
  | { readonly ok: true; readonly path: Path }
  | { readonly ok: false; readonly reason: "malformed" | "out_of_range" };

export const proven: Proven = { ok: true };

export function refuse<Reason extends ProofRefusal>(reason: Reason): { readonly ok: false; readonly reason: Reason } {
  return { ok: false, reason };
}

/** A path of a tree with 2^53 leaves has 53 hashes, and one more where it leads from another tree. */
const longestPath = 54;

export function isPath(value: unknown): value is Path {
  if (!Array.isArray(value)) return false;
  if (value.length > longestPath) return false;
  for (const hash of value) if (!isHash(hash)) return false;
  return true;
}
