/** The authority token of a reservation: the same record gives the same token (SPEC §8). */

import type { ReservationMade } from "../../schema/ledger.ts";
import type { Verdict } from "../../schema/verdict.ts";
import { type AuthorityClaims, signToken } from "../authority/token/sign.ts";
import type { LedgerRecord } from "../ledger/record.ts";
import { requestDigest } from "../proposal-hash.ts";
import type { Desk } from "./desk.ts";
import { within } from "./within.ts";

/**
 * Null where the session has no authority, or what was reserved ends within the second.
 *
 * @throws whatever the signer is rejected with
 */
export async function tokenOf(
  { options: { authority, evaluator, signSeconds } }: Desk,
  { seq, at }: Pick<LedgerRecord, "seq" | "at">,
  verdict: Verdict,
  proposalHash: string,
  { jti, expiresAt }: ReservationMade,
): Promise<string | null> {
  if (authority === undefined || verdict.effect === null || verdict.fields === null || verdict.request === null)
    return null;
  const [iat, exp] = [Math.floor(at / 1000), Math.floor(expiresAt / 1000)];
  if (exp <= iat) return null;
  const claims: AuthorityClaims = {
    aud: authority.audience,
    env: verdict.envelopeDigest,
    exp,
    iat,
    iss: authority.issuer,
    jti,
    nbf: iat,
    pol: verdict.policyDigest,
    prp: proposalHash,
    req: requestDigest(verdict.request),
    scp: { effect: verdict.effect, fields: verdict.fields, tool: String(verdict.request.tool) },
    seq,
    sub: evaluator.envelope.principal,
  };
  return within(signSeconds, signToken(authority.signer, claims));
}
