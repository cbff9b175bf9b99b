import { signatureBytes } from "../ed25519.ts";
import type { Signer } from "../keys.ts";
import { encodeBase64url } from "./base64url.ts";

/**
 * The signature over `<protected>.<payload>` (RFC 7515, section 5.1), in base64url. The signer gets bytes: it may be an HSM.
 *
 * @throws what the signer rejects with; Error where it does not answer with a signature
 */
export async function signParts(signer: Signer, protectedHeader: string, payload: string): Promise<string> {
  const signature = await signer.sign(new TextEncoder().encode(`${protectedHeader}.${payload}`));
  if (!(signature instanceof Uint8Array) || signature.length !== signatureBytes)
    throw new Error(`the signer \`${signer.kid}\` did not answer with the ${signatureBytes} bytes of a signature`);
  return encodeBase64url(signature);
}
