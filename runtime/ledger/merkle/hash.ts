/** The hashes of a Merkle tree (RFC 9162, section 2.1.1). No hash here is secret. */
import { sha256Bytes } from "../../../schema/json/sha256.ts";

export const hashBytes = 32;

/** MTH({}) = SHA-256() */
export const emptyRoot: Uint8Array = sha256Bytes("");

/**
 * MTH({d}) = SHA-256(0x00 ‖ d)
 *
 * @param entry bytes, or a text in UTF-8
 */
export function leafHash(entry: Uint8Array | string): Uint8Array {
  if (typeof entry === "string") return sha256Bytes(`\0${entry}`);
  const prefixed = new Uint8Array(1 + entry.length);
  prefixed.set(entry, 1);
  return sha256Bytes(prefixed);
}

/** SHA-256(0x01 ‖ left ‖ right), of hashes. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  const pair = new Uint8Array(1 + 2 * hashBytes);
  pair[0] = 1;
  pair.set(left, 1);
  pair.set(right, 1 + hashBytes);
  return sha256Bytes(pair);
}

export function isHash(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array && value.length === hashBytes;
}

export function isEqualHash(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
