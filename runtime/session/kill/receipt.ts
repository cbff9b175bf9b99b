/** The kill receipt: one line, signed, of what a session's ledger says about its kill (SPEC §10). */

import { canonicalJson } from "../../../schema/json/canonical.ts";
import { signCompact, verifyCompact } from "../../authority/jws/compact.ts";
import type { KeyRing } from "../../authority/key-ring.ts";
import type { Signer } from "../../authority/keys.ts";
import { isKillReceipt, type KillReceipt } from "../../authority/token/documents.ts";
import type { Reservation, SessionState } from "../../ledger/state.ts";

export const killReceiptType = "ambit-kill-receipt+jws";

export type KillReceiptDenial =
  | "KILL_RECEIPT_MALFORMED"
  | "KILL_RECEIPT_TYPE"
  | "KILL_RECEIPT_ALGORITHM"
  | "KILL_RECEIPT_KEY"
  | "KILL_RECEIPT_SIGNATURE"
  | "KILL_RECEIPT_SESSION"
  /** The ledger says something else. */
  | "KILL_RECEIPT_LEDGER";

export type VerifiedKillReceipt =
  | { readonly ok: true; readonly receipt: KillReceipt; readonly kid: string }
  /** `message` is one sentence. */
  | { readonly ok: false; readonly code: KillReceiptDenial; readonly message: string };

const mostListed = 1_000;

/** What the ledger says: the same from whichever process, and whenever it is asked. Undefined where nobody has killed the session. */
export function killReceiptOf({ kill, end }: Readonly<SessionState>): KillReceipt | undefined {
  if (kill === undefined) return undefined;
  const { seq, hash, at: killedAt, signal, inFlight, reserved } = kill;
  return {
    ...{ session: end.session, envelope: end.envelope, signal, killedAt, seq, hash },
    inFlightCount: inFlight.length,
    inFlight: inFlight
      .slice(0, mostListed)
      .map((each) => ({ ...listed(each), consumedAt: each.consumedAt ?? each.at })),
    reservedCount: reserved.length,
    reserved: reserved.slice(0, mostListed).map((each) => ({ ...listed(each), expiresAt: each.expiresAt })),
  };
}

function listed({ decided, jti, effect, proposalHash }: Readonly<Reservation>) {
  return { seq: decided, jti, effect, proposalHash };
}

/**
 * @param signer the gateway's, or an operator's
 * @throws Error where the session has not been killed; what the signer rejects with
 */
export async function signKillReceipt(signer: Signer, state: Readonly<SessionState>): Promise<string> {
  const receipt = killReceiptOf(state);
  if (receipt === undefined) throw new Error("the session has not been killed");
  return signCompact(signer, killReceiptType, receipt);
}

/**
 * Never rejects, whatever comes in.
 *
 * @param expected the session, where it is known which one is meant; its state too where the ledger is at hand, which must say the same
 */
export async function verifyKillReceipt(
  jws: unknown,
  keys: KeyRing,
  expected: { readonly session?: string; readonly state?: Readonly<SessionState> },
): Promise<VerifiedKillReceipt> {
  const verified = await verifyCompact(jws, keys, killReceiptType);
  if (!verified.ok) return deny(codes[verified.code], verified.message);
  const { document: receipt, kid } = verified;
  if (!isKillReceipt(receipt)) return deny("KILL_RECEIPT_MALFORMED", "the payload is no kill receipt");
  if (expected.session !== undefined && receipt.session !== expected.session)
    return deny("KILL_RECEIPT_SESSION", "the kill receipt is of another session");
  const said = expected.state === undefined ? receipt : killReceiptOf(expected.state);
  if (said === undefined || canonicalJson(said) !== canonicalJson(receipt))
    return deny("KILL_RECEIPT_LEDGER", "the ledger says something else than the kill receipt");
  return { ok: true, receipt, kid };
}

const codes = {
  JWS_MALFORMED: "KILL_RECEIPT_MALFORMED",
  JWS_TYPE: "KILL_RECEIPT_TYPE",
  JWS_ALGORITHM: "KILL_RECEIPT_ALGORITHM",
  JWS_KEY: "KILL_RECEIPT_KEY",
  JWS_SIGNATURE: "KILL_RECEIPT_SIGNATURE",
} as const;

function deny(code: KillReceiptDenial, message: string): VerifiedKillReceipt {
  return { ok: false, code, message };
}
