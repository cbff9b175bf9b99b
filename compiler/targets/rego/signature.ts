/** `.signatures.json`: what a stock OPA verifies before it activates a bundle. */
import { CompactSign, type CryptoKey, type KeyObject } from "jose";
import { canonicalJson, sha256 } from "../../../schema/json/canonical.ts";
import { inOrder } from "./bundle.ts";
import { signedForm } from "./signed-form.ts";

/** OPA verifies no EdDSA. */
export const signingAlgorithms = ["ES256", "RS256", "PS256", "HS256"] as const;
export type SigningAlgorithm = (typeof signingAlgorithms)[number];

export interface SigningKey {
  readonly algorithm: SigningAlgorithm;
  /** The name under which the verifying OPA knows the key. */
  readonly kid: string;
  readonly key: CryptoKey | KeyObject | Uint8Array;
}

const signatures = ".signatures.json";
const utf8 = new TextEncoder();

/**
 * Adds the signature over every file to the files of a bundle. RS256 and HS256 sign the same files with the same bytes;
 * ES256 and PS256 are randomised, only what they sign is the same.
 */
export async function signBundle(
  files: ReadonlyMap<string, Uint8Array>,
  { algorithm, kid, key }: SigningKey,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const token = await new CompactSign(utf8.encode(canonicalJson({ files: signedFiles(files) })))
    .setProtectedHeader({ alg: algorithm, kid })
    .sign(key);
  return inOrder(new Map([...files, [signatures, utf8.encode(canonicalJson({ signatures: [token] }))]]));
}

/** The list that is signed: each file by name, without the leading slash of a module's, and its hash in bare hex. */
export function signedFiles(files: ReadonlyMap<string, Uint8Array>): readonly object[] {
  return [...files].map(([path, bytes]) => ({
    name: path.replace(/^\//, ""),
    hash: sha256(isStructured(path) ? signedForm(JSON.parse(new TextDecoder().decode(bytes))) : bytes).slice(7),
    algorithm: "SHA-256",
  }));
}

function isStructured(path: string): boolean {
  return path === "data.json" || path === ".manifest";
}
