/** SHA-256: the platform's own where it answers at once, which is in Node; everywhere else that of a library. Same bytes. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { base64url } from "jose";

/** Asked for, not imported: what is bundled for a browser has no Node. */
const native = globalThis.process?.getBuiltinModule?.("node:crypto")?.hash;

const encoder = new TextEncoder();

/** 64 lower-case hex digits, of bytes or of a text in UTF-8. */
export function sha256Hex(input: string | Uint8Array): string {
  return native === undefined ? bytesToHex(portable(input)) : native("sha256", input, "hex");
}

/** The same 32 bytes. */
export function sha256Bytes(input: string | Uint8Array): Uint8Array {
  // By way of a string: a buffer that OpenSSL fills is made outside the heap, which costs as much as the hash.
  return native === undefined ? portable(input) : bytesOf(native("sha256", input, "binary"));
}

/** The same in base64url, without padding: 43 characters. */
export function sha256Base64url(input: string | Uint8Array): string {
  return native === undefined ? base64url.encode(portable(input)) : native("sha256", input, "base64url");
}

function portable(input: string | Uint8Array): Uint8Array {
  return sha256(typeof input === "string" ? encoder.encode(input) : input);
}

/** @param binary a character for each byte */
function bytesOf(binary: string): Uint8Array {
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
