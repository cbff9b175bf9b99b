/** Runs of leaves that have a root of their own within every tree that holds them. */

/** The leaves `start ≤ index < end`, counted from 0. */
export interface Subtree {
  readonly start: number;
  readonly end: number;
}

/** What a log says of itself at one moment: that it has `size` leaves, under this root of 32 bytes. */
export interface TreeHead {
  readonly size: number;
  readonly root: Uint8Array;
}

/** A count of leaves, or the place of one. Halved and compared only: bit operators end at 2^32. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

export function isOdd(count: number): boolean {
  return count % 2 === 1;
}

export function half(count: number): number {
  return Math.floor(count / 2);
}

/** The largest power of two below `count`, which is 2 at least: where a tree of that many leaves parts (RFC 9162, 2.1.1). */
export function splitOf(count: number): number {
  let split = 1;
  while (split * 2 < count) split *= 2;
  return split;
}

/** A whole tree, or a part of one whose start is a multiple of the least power of two that holds it; not empty. */
export function isSubtree({ start, end }: Subtree): boolean {
  if (!isCount(start) || !isCount(end) || start >= end) return false;
  const count = end - start;
  return start % (count === 1 ? 1 : splitOf(count) * 2) === 0;
}
