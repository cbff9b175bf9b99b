/** Why a record cannot stand where it stands, or be put there. */
export type RecordProblemCode =
  /** Not a record in its canonical bytes. */
  | "RECORD_MALFORMED"
  /** Longer than any record may be. */
  | "RECORD_TOO_LARGE"
  /** The hash is not that of the record. */
  | "HASH_MISMATCH"
  /** The number or `prev` do not follow the record before, or session or envelope are of another chain. */
  | "CHAIN_BROKEN"
  | "CLOCK_REGRESSION"
  /** It does not begin a session, or the session has ended. */
  | "SESSION_NOT_ACTIVE"
  | "KILLED"
  | "CIRCUIT_BREAKER_ACTIVE"
  | "PROPOSAL_REPEATED"
  /** Nothing is reserved under that number and token, or it is in another state. */
  | "RESERVATION_MISSING"
  /** The token has expired, or has not expired yet. */
  | "TOKEN_LIFETIME"
  | "RECEIPT_MISSING"
  | "APPROVAL_REPEATED"
  /** It is recorded before it was given, or after its end. */
  | "APPROVAL_LIFETIME"
  /** A member contradicts another, or the record before. */
  | "RECORD_INCONSISTENT"
  /** A sum would leave the range of exact integers. */
  | "SUM_OVERFLOW";

export interface RecordProblem {
  readonly code: RecordProblemCode;
  /** Of the record; what stands before it is sound. */
  readonly seq: number;
  /** One sentence. */
  readonly message: string;
}
