// Generated from ledger.schema.json by `npm run generate`. Do not edit.

/**
 * The envelope's id, activated at most once.
 */
export type Text = string;
/**
 * The source document, character for character.
 */
export type Text1 = string;
/**
 * The policy digest.
 */
export type PrefixedDigest = string;
export type Text2 = string;
/**
 * The digest of the registry of people that was in force: of its JCS form, without signatures.
 */
export type PrefixedDigest1 = string;
/**
 * The signed document as the registry's key verifies it: `{"approval", "jws"}`.
 */
export type Text3 = string;
/**
 * Of the signed payload: it is used once.
 */
export type PrefixedDigest2 = string;
/**
 * The id of the bound that is lifted, with the proposal's hash.
 */
export type Text4 = string;
export type PrefixedDigest3 = string;
export type EpochSeconds = number;
/**
 * The check that failed.
 */
export type Text5 = string;
/**
 * The id of the authority token.
 */
export type Text6 = string;
/**
 * When the token expires: from then on it is not redeemed.
 */
export type EpochMs = number;
export type Count = number;
/**
 * The number of a record in its session.
 */
export type Seq = number;
/**
 * The executor's JWS; without it the charge is not below the reservation.
 */
export type Text7 = string;
export type EpochMs1 = number;
/**
 * The number of a record in its session.
 */
export type Seq1 = number;
export type BareDigest = string;

/**
 * The body of each type of ledger record. Times are epoch milliseconds unless a member is a JWT claim; amounts are integers in minor units.
 */
export interface RecordBodies {
  activated: Activated;
  rejected: Rejected;
  decided: Decided;
  consumed: Consumed;
  settled: Settled;
  released: Released;
  approval: ApprovalGiven;
  evidence: EvidenceSeen;
  killed: Killed;
  halted: Halted;
  resumed: Resumed;
  incident: Incident;
  postcondition: PostconditionChecked;
  witness: Witness;
  closed: Closed;
}
/**
 * The envelope was verified: the session begins.
 */
export interface Activated {
  id: Text;
  document: Text1;
  policy: PrefixedDigest;
  /**
   * The JWS that were verified, detached: the payload is the JCS form of the document. None where none was asked for.
   */
  signatures: Text2[];
  people?: PrefixedDigest1;
  /**
   * The decisions on the transitions that this activation takes.
   *
   * @minItems 1
   */
  approvals?: ApprovalGiven[];
}
/**
 * A person's verified decision on one bound of one proposal, or on a transition.
 */
export interface ApprovalGiven {
  jws: Text3;
  digest: PrefixedDigest2;
  kid: Text2;
  person: Text2;
  /**
   * Those in which the person decides, verified.
   */
  roles: Text2[];
  decision: "approve" | "refuse";
  bound?: Text4;
  proposalHash?: PrefixedDigest3;
  transition?: "activate" | "grant_flag" | "create_agent" | "open_oracle" | "resume";
  iat: EpochSeconds;
  exp: EpochSeconds;
}
/**
 * The envelope was refused; nothing follows.
 */
export interface Rejected {
  /**
   * The envelope's id, null where it cannot be read.
   */
  id: Text2 | null;
  check: Text5;
  message: string;
}
/**
 * A verdict. An allow has a reservation, no other verdict has one.
 */
export interface Decided {
  /**
   * Null where the proposal cannot be hashed.
   */
  proposalHash: PrefixedDigest3 | null;
  /**
   * The `id` that the proposal came with.
   */
  proposalId?: string;
  verdict: "allow" | "hold" | "deny";
  violations: ViolationRecorded[];
  /**
   * The document that the engines saw; null for a call that was not decoded.
   */
  request: {
    [k: string]: unknown;
  } | null;
  engines: EngineRecorded[];
  policy: PrefixedDigest3;
  /**
   * Deciding executes nothing.
   */
  executed: false;
  reservation?: ReservationMade;
}
export interface ViolationRecorded {
  id: string;
  code: string;
  pointer: string;
  message: string;
}
/**
 * What one engine answered; without an answer, why not.
 */
export interface EngineRecorded {
  engine: "cedar" | "rego" | "reference";
  verdict?: "allow" | "hold" | "deny";
  violations?: string[];
  reason?: string;
}
/**
 * The part of each limit that an allow takes until it is settled or released.
 */
export interface ReservationMade {
  jti: Text6;
  expiresAt: EpochMs;
  charges: Charges;
}
/**
 * By the id of the bound.
 */
export interface Charges {
  [k: string]: Charge;
}
export interface Charge {
  amount: Count;
  /**
   * Where the limit is kept apart: the value of the field in JCS form, or the local period.
   */
  bucket?: string;
}
/**
 * The token was redeemed, before the effect.
 */
export interface Consumed {
  decided: Seq;
  jti: Text2;
}
/**
 * How the effect ended, and what it cost.
 */
export interface Settled {
  decided: Seq;
  jti: Text2;
  outcome: "executed" | "not_executed" | "unknown";
  amounts: Amounts;
  results: SettledResults;
  metrics: MetricValue[];
  receipt?: Text7;
  resultDigest?: PrefixedDigest3;
}
/**
 * Actual amounts by the id of the bound; what is left out is charged in full.
 */
export interface Amounts {
  [k: string]: Count;
}
/**
 * Decoded results by name.
 */
export interface SettledResults {
  [k: string]: string | number;
}
export interface MetricValue {
  metric: Text2;
  value: string | number;
}
/**
 * The token expired unredeemed: the reservation returns.
 */
export interface Released {
  decided: Seq;
  jti: Text2;
}
export interface EvidenceSeen {
  name: Text2;
  seenAt: EpochMs1;
  jws?: Text2;
}
export interface Killed {
  signal: Text2;
}
/**
 * A breaker tripped.
 */
export interface Halted {
  breaker: Text2;
  action: Text2;
}
/**
 * People lifted a halt or a freeze.
 */
export interface Resumed {
  /**
   * @minItems 1
   */
  approvals: Text2[];
}
export interface Incident {
  code: Text2;
  message: string;
  /**
   * Whether the session stops until people resume it.
   */
  freezes: boolean;
  about?: Seq1;
}
export interface PostconditionChecked {
  id: Text2;
  holds: boolean;
  critical: boolean;
  message?: string;
}
/**
 * What the session attempted, changed and left open.
 */
export interface Witness {
  attempted: Witnessed[];
  changed: Witnessed[];
  deferred: Witnessed[];
  head: BareDigest;
  policyDigest: PrefixedDigest3;
}
export interface Witnessed {
  seq: Seq;
  proposalHash: PrefixedDigest3;
  effect: string;
  resultDigest: PrefixedDigest3 | null;
}
export interface Closed {
  as: "completed" | "completed_with_warnings" | "faulted" | "quarantined" | "killed";
}
