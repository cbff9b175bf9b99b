import { signCompact } from "../jws/compact.ts";
import type { Signer } from "../keys.ts";
import { type AuthorityClaims, isClaims } from "./documents.ts";
import { lifetimeProblem } from "./lifetime.ts";

export type { AuthorityClaims } from "./documents.ts";

export const tokenType = "ambit-authority+jwt";

/**
 * A token: compact JWS (SPEC §8).
 *
 * @throws Error for claims that no verifier would take, and for more than 1 MiB of them; what the signer rejects with
 */
export async function signToken(signer: Signer, claims: AuthorityClaims): Promise<string> {
  if (!isClaims(claims)) throw new Error("the claims are not those of an authority token");
  const wrong = lifetimeProblem(claims);
  if (wrong !== undefined) throw new Error(wrong);
  return signCompact(signer, tokenType, claims);
}
