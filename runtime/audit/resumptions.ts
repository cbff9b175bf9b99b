/** Who lets a session go on: an operator, and a second person after an incident, a freeze or an unknown outcome; never one that its envelope does not let (SPEC §9, §10). */
import type { Envelope } from "../../schema/envelope.ts";
import type { LedgerRecord } from "../ledger/record.ts";
import type { SessionState } from "../ledger/state.ts";
import { type Stop, stopOf } from "../ledger/stop.ts";
import type { People } from "../people/registry.ts";
import { type ResumptionDenial, verifyResumption } from "../people/resumption.ts";
import { type Finding, signatureMissing, signatureWrong } from "./finding.ts";

/** Where the session stood before it resumed. */
export interface Resuming {
  readonly stop: Stop;
  /** The principal; undefined where the envelope cannot be read. */
  readonly agent: string | undefined;
}

export function resumingFrom(state: SessionState, envelope: Envelope | undefined): Resuming {
  return { stop: stopOf(state), agent: envelope?.principal };
}

/** People who agree, and are too few or not the right ones. */
const lacking: readonly ResumptionDenial[] = [
  "RECOVERY_FROM_AGENT_DENIED",
  "APPROVAL_REFUSED",
  "TWO_KEYS_REQUIRED",
  "REASON_MISSING",
];

/** That each approval is used once, the fold has seen. */
export async function checkResumption(
  { seq, at, envelope, session, body }: LedgerRecord<"resumed">,
  { stop, agent = "" }: Resuming,
  people: People,
): Promise<Finding | undefined> {
  const context = { envelope, session, agent, now: at, isPast: true };
  const verified = await verifyResumption(body.approvals, body.reason, people, stop, context);
  if (verified.ok) return undefined;
  if (lacking.includes(verified.code)) return signatureMissing(seq, `resumes, and must not: ${verified.message}`);
  return signatureWrong(seq, `resumes by an approval that does not hold: ${verified.message}`);
}
