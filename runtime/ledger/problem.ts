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
  /** An effect was redeemed, and nobody has said yet how it ended. */
  | "EFFECT_IN_FLIGHT"
  | "RECEIPT_MISSING"
  | "APPROVAL_REPEATED"
  /** The feed has reported as of this time, or a later one. */
  | "FEED_REPEATED"
  /** A person's order that was carried out before. */
  | "ORDER_REPEATED"
  /** The session has stopped before the order to close it was given, or after its end. */
  | "ORDER_LIFETIME"
  /** It is recorded before it was given, or after its end. */
  | "APPROVAL_LIFETIME"
  /** The proposal's hold has expired, or was decided: it is approved when it is held again. */
  | "APPROVAL_LATE"
  /** Signed before the proposal was held again: it was for what has been decided since, or has expired. */
  | "APPROVAL_TOO_EARLY"
  /** A registry of people that was in force before, or gives a key's name to another key. */
  | "PEOPLE_ROLLED_BACK"
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
