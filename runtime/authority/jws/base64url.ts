/** Base64url without padding (RFC 7515, section 2), and one text only for the same bytes: by the platform's own means in Node. */
import { base64url } from "jose";

/** Asked for, not imported: what is bundled for a browser has no Node. */
const native = globalThis.process?.getBuiltinModule?.("node:buffer")?.Buffer;

/** @param given bytes, or a text that stands for its UTF-8 */
export function encodeBase64url(given: Uint8Array | string): string {
  if (native === undefined) return base64url.encode(given);
  const bytes =
    typeof given === "string" ? native.from(given) : native.from(given.buffer, given.byteOffset, given.byteLength);
  return bytes.toString("base64url");
}

/** @returns undefined for any text that `encodeBase64url` does not write: padding, another alphabet, bits beyond the last byte */
export function decodeBase64url(text: string): Uint8Array | undefined {
  if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) return undefined;
  const bytes = base64url.decode(text);
  return encodeBase64url(bytes) === text ? bytes : undefined;
}
