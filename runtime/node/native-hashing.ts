/** SHA-256 by Node's own OpenSSL, which uses what the processor has for it. */
import { hash } from "node:crypto";
import type { TextHashing } from "../audit/hashing.ts";
import { hashBytes } from "../ledger/merkle/hash.ts";

/** 0x01 ‖ left ‖ right; hashed at once, and then used again. */
const pair = new Uint8Array(1 + 2 * hashBytes);
pair[0] = 1;

export const nativeHashing: TextHashing = {
  hex: (text) => hash("sha256", text, "hex"),
  base64url: (text) => hash("sha256", text, "base64url"),
  bytes: digest,
  node: (left, right) => {
    pair.set(left, 1);
    pair.set(right, 1 + hashBytes);
    return digest(pair);
  },
};

/** By way of a string: a buffer that OpenSSL fills is made outside the heap, which costs as much as the hash. */
function digest(input: string | Uint8Array): Uint8Array {
  return Buffer.from(hash("sha256", input, "binary"), "binary");
}
