/** The authority token of a reservation: the same record gives the same token (SPEC §8). */

import type { ReservationMade } from "../../schema/ledger.ts";
import type { Verdict } from "../../schema/verdict.ts";
import { type AuthorityClaims, signToken } from "../authority/token/sign.ts";
import { requestDigest } from "../proposal-hash.ts";
import type { Desk } from "./desk.ts";

/**
 * Null where the session has no authority.
 *
 * @throws whatever the signer is rejected with
 */
export async function tokenOf(
  { options: { authority, evaluator, tokenSeconds } }: Desk,
  seq: number,
  verdict: Verdict,
  proposalHash: string,
  { jti, expiresAt }: ReservationMade,
): Promise<string | null> {
  if (authority === undefined || verdict.effect === null || verdict.fields === null || verdict.request === null)
    return null;
  const exp = expiresAt / 1000;
  const claims: AuthorityClaims = {
    iss: authority.issuer,
    sub: evaluator.envelope.principal,
    aud: authority.audience,
    iat: exp - tokenSeconds,
    nbf: exp - tokenSeconds,
    exp,
    jti,
    env: verdict.envelopeDigest,
    pol: verdict.policyDigest,
    prp: proposalHash,
    req: requestDigest(verdict.request),
    scp: { effect: verdict.effect, tool: String(verdict.request.tool), fields: verdict.fields },
    seq,
  };
  return signToken(authority.signer, claims);
}
