/** Key pairs that are the same in every run: made of a text, never used elsewhere. */
import { createHash, createPrivateKey, createPublicKey } from "node:crypto";
import { type PublicKey, readPublicKey, readSigner, type Signer } from "../../runtime/authority/keys.ts";

export interface KeyPair {
  readonly signer: Signer;
  readonly key: PublicKey;
}

const pkcs8 = Buffer.from("302e020100300506032b657004220420", "hex");

/** A private JWK, its seed the hash of the name. */
export function jwkOf(kid: string): Readonly<Record<string, unknown>> {
  return jwkOfSeed(kid, createHash("sha256").update(kid).digest());
}

export function jwkOfSeed(kid: string, seed: Uint8Array): Readonly<Record<string, unknown>> {
  const key = createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: "der", type: "pkcs8" });
  const { kty, crv, x } = createPublicKey(key).export({ format: "jwk" });
  return { kty, crv, x, d: Buffer.from(seed).toString("base64url"), kid };
}

export function publicJwkOf(kid: string): Readonly<Record<string, unknown>> {
  const { kty, crv, x } = jwkOf(kid);
  return { kty, crv, x, kid };
}

/** @throws Error where the keys are not read: nothing else could be tested then */
export async function keyPair(kid: string): Promise<KeyPair> {
  const signer = await readSigner(JSON.stringify(jwkOf(kid)));
  const key = await readPublicKey(publicJwkOf(kid));
  if (!signer.ok || !key.ok) throw new Error(`the key pair ${kid} was refused`);
  return { signer: signer.signer, key: key.key };
}
