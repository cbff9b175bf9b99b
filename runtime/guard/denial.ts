/** A redemption that was refused, and the record of it: Observable Absence (SPEC §8). */
import type { TokenDenial } from "../authority/token/verify.ts";
import type { RecordProblemCode } from "../ledger/problem.ts";
import type { Session } from "../session/session.ts";
import type { SessionFault } from "../session/verdict.ts";

export type DenialCode =
  | TokenDenial
  | RecordProblemCode
  | SessionFault["code"]
  | "ENVELOPE_MISMATCH"
  | "POLICY_CHANGED"
  | "PROPOSAL_MISMATCH"
  | "REQUEST_MISMATCH"
  | "TOOL_UNKNOWN";

export interface Denial {
  readonly code: DenialCode;
  /** One sentence. */
  readonly message: string;
}

export interface RecordedDenial extends Denial {
  /** Of its record; null where none could be written, and for what is only counted. */
  readonly seq: number | null;
}

export function deny(code: DenialCode, message: string): { readonly ok: false; readonly denial: Denial } {
  return { ok: false, denial: { code, message } };
}

/**
 * @param proposalHash of the proposal that came with the token; undefined where it has none
 * @param before how many were refused before this one without a record of their own
 */
export async function recordDenial(
  session: Session,
  { code, message }: Denial,
  proposalHash: string | undefined,
  before = 0,
): Promise<RecordedDenial> {
  const violations = [{ id: "token", code, pointer: "", message }];
  const recorded = await session.recordAnyway((at) => ({
    type: "decided",
    at,
    body: {
      proposalHash: proposalHash ?? null,
      verdict: "deny",
      violations,
      request: null,
      engines: [],
      policy: session.evaluator.policyDigest,
      executed: false,
      ...(before === 0 ? {} : { unrecorded: before }),
    },
  }));
  return { code, message, seq: recorded.outcome === "appended" ? recorded.record.seq : null };
}
