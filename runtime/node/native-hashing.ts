/** SHA-256 by Node's own OpenSSL, which uses what the processor has for it. */
import { hash } from "node:crypto";
import type { TextHashing } from "../audit/hashing.ts";

export const nativeHashing: TextHashing = {
  hex: (text) => hash("sha256", text, "hex"),
  bytes: (text) => hash("sha256", text, "buffer"),
};
