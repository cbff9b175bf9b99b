/** A key pair that nobody trusts, made for one self-check. */
import { generateKeyPairSync } from "node:crypto";

export function generateJwk(kid: string): Readonly<Record<string, string>> {
  const { kty, crv, x, d } = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
  if (kty === undefined || crv === undefined || x === undefined || d === undefined)
    throw new Error("the platform made no Ed25519 key");
  return { kty, crv, x, d, kid };
}
