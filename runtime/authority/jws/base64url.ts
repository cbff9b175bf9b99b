/** Base64url without padding (RFC 7515, section 2), and one text only for the same bytes. */
import { base64url } from "jose";

export function encodeBase64url(bytes: Uint8Array | string): string {
  return base64url.encode(bytes);
}

/** @returns undefined for any text that `encodeBase64url` does not write: padding, another alphabet, bits beyond the last byte */
export function decodeBase64url(text: string): Uint8Array | undefined {
  if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) return undefined;
  const bytes = base64url.decode(text);
  return base64url.encode(bytes) === text ? bytes : undefined;
}
