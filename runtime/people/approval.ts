/** A person's signed decision, verified: what an `approval` record says (SPEC §9). */
import { canonicalJson } from "../../schema/json/canonical.ts";
import type { ApprovalGiven } from "../../schema/ledger.ts";
import type { ApprovalPayload } from "../../schema/people.ts";
import { reasonOf } from "../fault.ts";
import { quote } from "../messages/show.ts";
import { isOfOneThing } from "./never-counts.ts";
import type { People } from "./registry.ts";
import { type StatementContext, type StatementProblem, verifyStatement } from "./statement.ts";

export type ApprovalDenial = `APPROVAL_${StatementProblem}`;
export type ApprovalContext = StatementContext;

export type VerifiedApproval =
  | { readonly ok: true; readonly approval: ApprovalGiven }
  /** `message` is one sentence. */
  | { readonly ok: false; readonly code: ApprovalDenial; readonly message: string };

/**
 * Never rejects. That an approval is used once is the ledger's concern.
 *
 * @param text `{"approval": {…}, "jws": {"signatures": [one]}}`
 */
export function verifyApproval(text: string, people: People, context: ApprovalContext): Promise<VerifiedApproval> {
  return verify(text, people, context).catch((cause) => ({
    ok: false,
    code: "APPROVAL_MALFORMED",
    message: `the approval cannot be verified: ${reasonOf(cause)}`,
  }));
}

/** @throws what people and contexts that are none throw */
async function verify(text: string, people: People, context: ApprovalContext): Promise<VerifiedApproval> {
  const verified = await verifyStatement("approval", text, people, context);
  if (!verified.ok) return { ok: false, code: `APPROVAL_${verified.problem}`, message: verified.message };
  const { signed, signer } = verified;
  const { document: payload, jws, digest } = signed;
  if (!isOfOneThing(payload)) {
    const message = "an approval is of a bound of one proposal, or of a transition";
    return { ok: false, code: "APPROVAL_MALFORMED", message };
  }
  if (isOfAnySession(payload, context)) {
    const message = `the approval of ${quote(signer.person)} is of a bound, and names no session: in another ledger it would count again`;
    return { ok: false, code: "APPROVAL_SESSION", message };
  }
  const { envelope: _, session: __, ...decision } = payload;
  const { kid, person } = signer;
  return { ok: true, approval: { jws: canonicalJson({ approval: payload, jws }), digest, kid, person, ...decision } };
}

/** Used once is used in one ledger: what lifts a bound is for the session in which it was asked for. Older ledgers may hold others. */
function isOfAnySession({ bound, session }: ApprovalPayload, context: ApprovalContext): boolean {
  return bound !== undefined && session === undefined && context.session !== undefined && context.isPast !== true;
}

/** Whether the principal has signed it: whatever the registry says of him, he is none of the people. */
export function isByAgent({ person, kid }: Pick<ApprovalGiven, "person" | "kid">, principal: string): boolean {
  return person === principal || kid === principal;
}
