/** The definitions of RFC 9162, section 2.1, word for word and as slow as they are: what the tree is held against. */
import { createHash } from "node:crypto";

const hash = (...parts: readonly Uint8Array[]) => {
  const digest = createHash("sha256");
  for (const part of parts) digest.update(part);
  return new Uint8Array(digest.digest());
};

/** k: the largest power of two smaller than n */
const split = (n: number) => 2 ** (Math.ceil(Math.log2(n)) - 1);

/** MTH(D_n), of entries */
export function mth(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.length === 0) return hash();
  if (entries.length === 1) return hash(Uint8Array.of(0), entries[0]!);
  const k = split(entries.length);
  return hash(Uint8Array.of(1), mth(entries.slice(0, k)), mth(entries.slice(k)));
}

/** PATH(m, D_n) */
export function path(m: number, entries: readonly Uint8Array[]): readonly Uint8Array[] {
  if (entries.length === 1) return [];
  const k = split(entries.length);
  const [left, right] = [entries.slice(0, k), entries.slice(k)];
  return m < k ? [...path(m, left), mth(right)] : [...path(m - k, right), mth(left)];
}

/** SUBPROOF(m, D_n, b); PROOF(m, D_n) = SUBPROOF(m, D_n, true) */
export function subproof(m: number, entries: readonly Uint8Array[], isWhole = true): readonly Uint8Array[] {
  if (m === entries.length) return isWhole ? [] : [mth(entries)];
  const k = split(entries.length);
  const [left, right] = [entries.slice(0, k), entries.slice(k)];
  return m <= k ? [...subproof(m, left, isWhole), mth(right)] : [...subproof(m - k, right, false), mth(left)];
}

export const entry = (i: number): Uint8Array => new TextEncoder().encode(`entry ${i}`);

export const entries = (count: number): readonly Uint8Array[] => Array.from({ length: count }, (_, i) => entry(i));
