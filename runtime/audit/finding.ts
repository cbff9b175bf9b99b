/** What an audit has against a ledger. */
import type { RecordProblemCode } from "../ledger/problem.ts";

export type FindingCode =
  /** The fold refuses the record: see `RecordProblemCode`. */
  | RecordProblemCode
  /** The document in `activated` is no envelope, or not the one that every record names. */
  | "ENVELOPE_UNREADABLE"
  | "ENVELOPE_MISMATCH"
  /** One envelope id was activated in two sessions. */
  | "ENVELOPE_REPEATED"
  /** A verdict was given by another policy than the one that was activated. */
  | "POLICY_CHANGED"
  /** The request that was judged is not one of this session: another envelope, or facts that its ledger does not tell. */
  | "REQUEST_FOREIGN"
  | "STATE_FORGED"
  /** An allow reserves something else than the call costs. */
  | "CHARGES_FORGED"
  /** The id of a token is not that of its place in the chain. */
  | "TOKEN_FOREIGN"
  | "OVERSPENT"
  /** A breaker had tripped, and nobody halted before the session went on. */
  | "BREAKER_IGNORED"
  /** A halt by a breaker that had not tripped, or by other values. */
  | "HALT_FORGED"
  /** The envelope says that the session never resumes. */
  | "RESUMED_FORBIDDEN"
  /** A freeze whose snapshot is of another state; a witness that adds or leaves out; an incident that has none before people resume. */
  | "SNAPSHOT_FORGED"
  | "WITNESS_FORGED"
  | "WITNESS_MISSING"
  /** A check that is none of the envelope's, is made lighter than it is there, or that the ledger tells otherwise; one that nobody made. */
  | "POSTCONDITION_FORGED"
  | "POSTCONDITION_MISSING"
  | "CONSUMED_TWICE"
  | "CONSUMED_UNRESERVED"
  | "CONSUMED_AFTER_KILL"
  /** A token was redeemed when the envelope was not valid yet, or not any more. */
  | "CONSUMED_OUTSIDE_VALIDITY"
  | "SETTLED_UNCONSUMED"
  /** More was charged than reserved, and no incident followed. */
  | "SETTLED_ABOVE_RESERVED"
  | "RELEASED_CONSUMED"
  | "SIGNATURE_MISSING"
  | "SIGNATURE_WRONG"
  | "CHECKPOINT_TRUNCATED"
  | "CHECKPOINT_REWRITTEN"
  /** The store's own columns say something else than the record. */
  | "ROW_FORGED"
  /** A name is claimed for a session that is not there, or is another one's; a session lacks the claim to its own. */
  | "CLAIM_FOREIGN"
  | "CLAIM_MISSING"
  /** Text that is no record of any session. */
  | "LINE_UNREADABLE"
  | "SESSION_MISSING"
  | "LEDGER_UNREADABLE";

/** What is worth a word, and nothing against the ledger. */
export type NoteCode =
  /** The activation names another registry of people than the one that approvals are judged by: there has been a new one since. */
  "PEOPLE_OTHER";

export interface Finding {
  readonly code: FindingCode;
  /** Of the record; null where the finding is about no single one. */
  readonly seq: number | null;
  /** One sentence. */
  readonly message: string;
}

export interface Note {
  readonly code: NoteCode;
  readonly seq: number;
  /** One sentence. */
  readonly message: string;
}

/** @param what the rest of a sentence about the record */
export function signatureWrong(seq: number, what: string): Finding {
  return { code: "SIGNATURE_WRONG", seq, message: `record ${seq} ${what}` };
}

/** @param what the rest of a sentence about the record */
export function signatureMissing(seq: number, what: string): Finding {
  return { code: "SIGNATURE_MISSING", seq, message: `record ${seq} ${what}` };
}

/** Findings that are kept; of the others only their number is, so that no ledger fills the memory. */
export class Findings {
  static readonly mostKept = 100;
  readonly kept: Finding[] = [];
  count = 0;

  add(code: FindingCode, seq: number | null, message: string): void {
    this.count += 1;
    if (this.kept.length < Findings.mostKept) this.kept.push({ code, seq, message });
  }
}
