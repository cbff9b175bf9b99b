/** SHA-256 by Node's own OpenSSL, which uses what the processor has for it. */
import { hash } from "node:crypto";
import type { TextHashing } from "../audit/hashing.ts";
import { hashBytes } from "../ledger/merkle/hash.ts";

/** 0x01 ‖ left ‖ right; hashed at once, and then used again. */
const pair = new Uint8Array(1 + 2 * hashBytes);
pair[0] = 1;

export const nativeHashing: TextHashing = {
  hex: (text) => hash("sha256", text, "hex"),
  bytes: (text) => hash("sha256", text, "buffer"),
  node: (left, right) => {
    pair.set(left, 1);
    pair.set(right, 1 + hashBytes);
    return hash("sha256", pair, "buffer");
  },
};
