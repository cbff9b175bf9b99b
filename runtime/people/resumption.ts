/** Who lets a session go on: an operator; after an incident, a freeze or an unknown outcome two people, one of them an operator (SPEC §9, §10). */
import { showText } from "../../schema/json/show.ts";
import type { ApprovalGiven } from "../../schema/ledger.ts";
import { isJustification } from "../facts.ts";
import type { Stop } from "../ledger/stop.ts";
import { type ApprovalDenial, verifyApproval } from "./approval.ts";
import { readSigned } from "./document.ts";
import type { People } from "./registry.ts";
import { twoKeys } from "./two-keys.ts";

export interface ResumptionContext {
  /** `sha256:<hex>` */
  readonly envelope: string;
  readonly session: string;
  /** The principal: whatever the registry says of him, he lets nothing go on. */
  readonly agent: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Whether `now` is when the session resumed, long ago perhaps. */
  readonly isPast?: boolean;
}

export type ResumptionDenial =
  | ApprovalDenial
  /** No operator's key: whoever asks is the agent, for all that anybody can tell. */
  | "RECOVERY_FROM_AGENT_DENIED"
  /** An approval of something else than a resumption. */
  | "APPROVAL_TRANSITION"
  /** Signed before the session stopped: it was not meant for this. */
  | "APPROVAL_TOO_EARLY"
  | "APPROVAL_REPEATED"
  | "APPROVAL_REFUSED"
  | "TWO_KEYS_REQUIRED"
  | "REASON_MISSING";

export type VerifiedResumption =
  | { readonly ok: true; readonly approvals: readonly ApprovalGiven[] }
  /** `message` is one sentence. */
  | { readonly ok: false; readonly code: ResumptionDenial; readonly message: string };

export const operatorRole = "operator";

/** Never rejects. That an approval resumes only once is the ledger's concern. */
export async function verifyResumption(
  texts: readonly string[],
  reason: string | undefined,
  people: People,
  stop: Stop,
  context: ResumptionContext,
): Promise<VerifiedResumption> {
  const approvals: ApprovalGiven[] = [];
  for (const text of texts) {
    const verified = await verifyApproval(text, people, context);
    if (!verified.ok) return verified;
    const { approval } = verified;
    const who = `\`${showText(approval.person)}\``;
    if (approval.person === context.agent || approval.kid === context.agent)
      return deny("RECOVERY_FROM_AGENT_DENIED", `${who} is the agent itself`);
    if (approval.transition !== "resume")
      return deny("APPROVAL_TRANSITION", `the approval of ${who} is not of a resumption`);
    if (sessionOf(text) !== context.session)
      return deny("APPROVAL_SESSION", `the approval of ${who} does not name the session`);
    // Signatures tell whole seconds.
    if (approval.iat * 1000 + 999 < stop.since)
      return deny("APPROVAL_TOO_EARLY", `the approval of ${who} was signed before the session stopped`);
    if (approvals.some(({ jws }) => jws === approval.jws))
      return deny("APPROVAL_REPEATED", `the approval of ${who} is there twice`);
    approvals.push(approval);
  }
  return agreed(approvals, reason, stop);
}

const grave = "an incident, a freeze or an outcome that nobody knows";

function agreed(
  approvals: readonly ApprovalGiven[],
  reason: string | undefined,
  { needsTwo }: Stop,
): VerifiedResumption {
  const refusing = approvals.find(({ decision }) => decision !== "approve");
  if (refusing !== undefined) return deny("APPROVAL_REFUSED", `\`${showText(refusing.person)}\` refuses`);
  const operators = approvals.filter(({ roles }) => roles.includes(operatorRole));
  if (operators.length === 0)
    return deny("RECOVERY_FROM_AGENT_DENIED", "no operator has approved: only operators let a session go on");
  if (!needsTwo) return { ok: true, approvals };
  if (
    !operators.some((operator) => approvals.some((other) => twoKeys([{ ...operator, roles: [operatorRole] }, other])))
  )
    return deny("TWO_KEYS_REQUIRED", `after ${grave}, two people in two roles have to approve`);
  if (!isJustification(reason)) return deny("REASON_MISSING", `after ${grave}, a reason is needed`);
  return { ok: true, approvals };
}

function sessionOf(text: string): string | undefined {
  const read = readSigned("approval", text);
  return read.ok ? read.signed.document.session : undefined;
}

function deny(code: ResumptionDenial, message: string): VerifiedResumption {
  return { ok: false, code, message };
}
