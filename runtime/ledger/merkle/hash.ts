/** The hashes of a Merkle tree (RFC 9162, section 2.1.1). No hash here is secret. */
import { sha256 } from "@noble/hashes/sha2.js";

export const hashBytes = 32;

const leafPrefix = Uint8Array.of(0);
const nodePrefix = Uint8Array.of(1);

/** MTH({}) = SHA-256() */
export const emptyRoot: Uint8Array = sha256(new Uint8Array());

/** MTH({d}) = SHA-256(0x00 ‖ d) */
export function leafHash(entry: Uint8Array): Uint8Array {
  return sha256.create().update(leafPrefix).update(entry).digest();
}

/** SHA-256(0x01 ‖ left ‖ right) */
export type NodeHash = (left: Uint8Array, right: Uint8Array) => Uint8Array;

export const nodeHash: NodeHash = (left, right) =>
  sha256.create().update(nodePrefix).update(left).update(right).digest();

export function isHash(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array && value.length === hashBytes;
}

export function isEqualHash(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
