/** Ed25519 (RFC 8032) as the platform has it: WebCrypto, in every place where the runtime runs. */

export const publicKeyBytes = 32;
export const signatureBytes = 64;

const algorithm = "Ed25519";

export interface OkpPrivate {
  /** Base64url of 32 bytes each. */
  readonly d: string;
  readonly x: string;
}

/** @throws the platform's error for what is no key */
export function importPrivate({ d, x }: OkpPrivate): Promise<CryptoKey> {
  return crypto.subtle.importKey("jwk", { kty: "OKP", crv: algorithm, d, x }, algorithm, false, ["sign"]);
}

/** @throws the platform's error for what is no key */
export function importPublic(bytes: Uint8Array): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", new Uint8Array(bytes), algorithm, true, ["verify"]);
}

export async function signWith(key: CryptoKey, message: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.sign(algorithm, key, new Uint8Array(message)));
}

/** Whatever is wrong with it, it is not the key's signature. */
export async function isSignedBy(key: CryptoKey, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
  if (signature.length !== signatureBytes) return false;
  try {
    return await crypto.subtle.verify(algorithm, key, new Uint8Array(signature), new Uint8Array(message));
  } catch {
    return false;
  }
}
