/** A person's signed decision, verified: what an `approval` record says (SPEC §9). */

import { canonicalJson } from "../../schema/json/canonical.ts";
import { showText } from "../../schema/json/show.ts";
import type { ApprovalGiven } from "../../schema/ledger.ts";
import type { ApprovalPayload } from "../../schema/people.ts";
import { type VerifiedDetached, verifyDetached } from "../authority/jws/detached.ts";
import { typOf } from "../authority/jws/typ.ts";
import { readSigned } from "./document.ts";
import { countsAt, type People, type PersonKey } from "./registry.ts";

export type ApprovalDenial =
  /** No approval in the one form that is taken. */
  | "APPROVAL_MALFORMED"
  /** Not the one signature of the key that it names, for this purpose. */
  | "APPROVAL_SIGNATURE"
  /** The registry does not have the key, or it does not count: not yet, or not any more. */
  | "APPROVAL_KEY"
  /** The registry does not give the person such a role. */
  | "APPROVAL_ROLE"
  | "APPROVAL_ENVELOPE"
  | "APPROVAL_SESSION"
  | "APPROVAL_NOT_YET_VALID"
  | "APPROVAL_EXPIRED";

export interface ApprovalContext {
  /** `sha256:<hex>` */
  readonly envelope: string;
  /** Undefined before there is one: an approval for some session is refused then. */
  readonly session: string | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Whether `now` is when the approval was recorded, long ago perhaps: a key that was revoked since counted then. */
  readonly isPast?: boolean;
}

export type VerifiedApproval =
  | { readonly ok: true; readonly approval: ApprovalGiven }
  /** `message` is one sentence. */
  | { readonly ok: false; readonly code: ApprovalDenial; readonly message: string };

/**
 * Never rejects. That an approval is used once is the ledger's concern.
 *
 * @param text `{"approval": {…}, "jws": {"signatures": [one]}}`
 */
export async function verifyApproval(
  text: string,
  people: People,
  context: ApprovalContext,
): Promise<VerifiedApproval> {
  const read = readSigned("approval", text);
  if (!read.ok) return deny("APPROVAL_MALFORMED", `the approval ${read.reason}`);
  const { document: payload, jws, payload: bytes, digest } = read.signed;
  const { envelope: _, session: __, ...decision } = payload;
  if (!isOfOneThing(payload))
    return deny("APPROVAL_MALFORMED", "an approval is of a bound of one proposal, or of a transition");
  const verified = await verifyDetached(jws, people.ring, typOf.approval, bytes);
  if (!verified.ok) return deny(codes[verified.code], `the approval is refused: ${verified.message}`);
  const [kid, ...others] = verified.kids;
  const signer = kid === undefined ? undefined : people.find(kid);
  if (kid === undefined || signer === undefined || others.length > 0)
    return deny("APPROVAL_SIGNATURE", "an approval is one person's: it has exactly one signature");
  const refusal = refusalOf(payload, signer, context);
  if (refusal !== undefined) return refusal;
  const { person } = signer;
  return { ok: true, approval: { jws: canonicalJson({ approval: payload, jws }), digest, kid, person, ...decision } };
}

type Refused = Exclude<VerifiedDetached, { readonly ok: true }>;

const codes: Readonly<Record<Refused["code"], ApprovalDenial>> = {
  JWS_MALFORMED: "APPROVAL_MALFORMED",
  JWS_TYPE: "APPROVAL_SIGNATURE",
  JWS_ALGORITHM: "APPROVAL_SIGNATURE",
  JWS_SIGNATURE: "APPROVAL_SIGNATURE",
  JWS_KEY: "APPROVAL_KEY",
  JWS_REPEATED: "APPROVAL_SIGNATURE",
};

function isOfOneThing({ bound, proposalHash, transition }: ApprovalPayload): boolean {
  return (bound === undefined) === (proposalHash === undefined) && (bound === undefined) !== (transition === undefined);
}

function refusalOf(
  payload: ApprovalPayload,
  signer: PersonKey,
  context: ApprovalContext,
): VerifiedApproval | undefined {
  const { roles, envelope, session, iat, exp } = payload;
  const { now, isPast = false } = context;
  const who = `\`${showText(signer.person)}\``;
  const foreign = roles.find((role) => !signer.roles.includes(role));
  if (foreign !== undefined) return deny("APPROVAL_ROLE", `the registry does not give ${who} the role \`${foreign}\``);
  if (envelope !== context.envelope) return deny("APPROVAL_ENVELOPE", `the approval of ${who} is for another envelope`);
  if (session !== undefined && session !== context.session)
    return deny("APPROVAL_SESSION", `the approval of ${who} is for another session`);
  if (iat >= exp) return deny("APPROVAL_MALFORMED", `the approval of ${who} ends before it begins`);
  if (now < iat * 1000) return deny("APPROVAL_NOT_YET_VALID", `the approval of ${who} was signed in the future`);
  if (now >= exp * 1000) return deny("APPROVAL_EXPIRED", `the approval of ${who} has expired`);
  return countsThroughout(payload, signer, now, isPast)
    ? undefined
    : deny(
        "APPROVAL_KEY",
        `the key \`${showText(signer.kid)}\` of ${who} does not count all the while that the approval does`,
      );
}

/** The key counts when it signed and now, and is not to be revoked before the approval ends: nobody looks at it again later. */
function countsThroughout({ iat, exp }: ApprovalPayload, signer: PersonKey, now: number, isPast: boolean): boolean {
  const { revokedAt } = signer;
  const outlasts = isPast || revokedAt === undefined || exp * 1000 <= revokedAt;
  return countsAt(signer, iat * 1000) && countsAt(signer, now) && outlasts;
}

function deny(code: ApprovalDenial, message: string): VerifiedApproval {
  return { ok: false, code, message };
}
