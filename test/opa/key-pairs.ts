/** A fresh key of each kind that OPA bundles are signed with, as a file's text, and what OPA verifies with. */
import { generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import type { SigningAlgorithm } from "../../compiler/targets/rego/signature.ts";

export interface KeyFiles {
  readonly algorithm: SigningAlgorithm;
  readonly form: "PEM" | "JWK";
  /** For `--sign`. */
  readonly secret: string;
  /** For OPA's `--verification-key`. */
  readonly verifying: string;
}

export function ecKey(namedCurve = "P-256"): KeyFiles {
  return pem("ES256", generateKeyPairSync("ec", { namedCurve }));
}

export function rsaKey(modulusLength = 2048): KeyFiles {
  return pem("RS256", generateKeyPairSync("rsa", { modulusLength }));
}

export function hmacKey(bytes = 24): KeyFiles {
  const verifying = randomBytes(bytes).toString("base64");
  const k = Buffer.from(verifying).toString("base64url");
  return { algorithm: "HS256", form: "JWK", secret: JSON.stringify({ kty: "oct", k }), verifying };
}

/** Every way in which a key may be written. */
export function everyKey(): readonly KeyFiles[] {
  const [ec, rsa] = [
    generateKeyPairSync("ec", { namedCurve: "P-256" }),
    generateKeyPairSync("rsa", { modulusLength: 2048 }),
  ];
  return [pem("ES256", ec), jwk("ES256", ec), pem("RS256", rsa), jwk("RS256", rsa), jwk("PS256", rsa), hmacKey()];
}

interface Pair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

function pem(algorithm: SigningAlgorithm, { privateKey, publicKey }: Pair): KeyFiles {
  const secret = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  return { algorithm, form: "PEM", secret, verifying: publicKey.export({ type: "spki", format: "pem" }).toString() };
}

function jwk(algorithm: SigningAlgorithm, pair: Pair): KeyFiles {
  const secret = JSON.stringify({ ...pair.privateKey.export({ format: "jwk" }), alg: algorithm });
  return { ...pem(algorithm, pair), form: "JWK", secret };
}
