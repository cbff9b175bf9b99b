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
 * That registry, as it was signed: `{"jws", "registry"}`.
 */
export type Text3 = string;
/**
 * The signed document as the registry's key verifies it: `{"approval", "jws"}`.
 */
export type Text4 = string;
/**
 * Of the signed payload: it is used once.
 */
export type PrefixedDigest2 = string;
/**
 * The id of the bound that is lifted, with the proposal's hash.
 */
export type Text5 = string;
export type PrefixedDigest3 = string;
export type EpochSeconds = number;
/**
 * The template, character for character.
 */
export type Text6 = string;
/**
 * The JWS that was verified, detached: the payload is the JCS form of the document.
 */
export type Text7 = string;
/**
 * Who has the key, where the registry of people has it.
 */
export type Text8 = string;
/**
 * The check that failed.
 */
export type Text9 = string;
/**
 * The id of the authority token.
 */
export type Text10 = string;
/**
 * When the token expires: from then on it is not redeemed.
 */
export type EpochMs = number;
export type Count = number;
/**
 * Of a token that no gateway has signed: so many more like it were refused before this one, without a record.
 */
export type Seq = number;
/**
 * Of a hold: from then on no approval lifts it, and the proposal has to come again.
 */
export type EpochMs1 = number;
/**
 * The number of a record in its session.
 */
export type Seq1 = number;
/**
 * The executor's JWS; without it the charge is not below the reservation.
 */
export type Text11 = string;
/**
 * As it was signed: `{"jws", "registry"}`.
 */
export type Text12 = string;
/**
 * Of its JCS form, without signatures.
 */
export type PrefixedDigest4 = string;
/**
 * Of the evidence, or of the feed.
 */
export type Text13 = string;
export type EpochMs2 = number;
/**
 * The feed's signed report: a compact JWS that says the same.
 */
export type Text14 = string;
/**
 * What was seen: the name in the signal folder, or what the caller says.
 */
export type Text15 = string;
/**
 * A person's signed order: `{"jws", "order"}`.
 */
export type Text16 = string;
/**
 * Why it may go on; after a freeze it is needed.
 */
export type Text17 = string;
/**
 * The number of a record in its session.
 */
export type Seq2 = number;
/**
 * A person's signed order, where one has found it: `{"jws", "order"}`, whose reason is `CODE: message`.
 */
export type Text18 = string;
/**
 * The hash of the record before.
 */
export type BareDigest = string;
/**
 * Of the folded state, as a document in its JCS form.
 */
export type PrefixedDigest5 = string;
/**
 * The number of a record in its session.
 */
export type Seq3 = number;
/**
 * The hash of the last record that it speaks of: the one before its first part.
 */
export type BareDigest1 = string;
/**
 * The number of a record in its session.
 */
export type Seq4 = number;
/**
 * The number of a record in its session.
 */
export type Seq5 = number;
/**
 * A person's signed order: `{"jws", "order"}`.
 */
export type Text19 = string;

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
  people: PeopleChanged;
  evidence: EvidenceSeen;
  killed: Killed;
  halted: Halted;
  cancelled: Cancelled;
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
  registry?: Text3;
  /**
   * The decisions on the transitions that this activation takes.
   *
   * @minItems 1
   */
  approvals?: ApprovalGiven[];
  template?: TemplateGiven;
}
/**
 * A person's verified decision on one bound of one proposal, or on a transition.
 */
export interface ApprovalGiven {
  jws: Text4;
  digest: PrefixedDigest2;
  kid: Text2;
  person: Text2;
  /**
   * Those in which the person decides, verified.
   */
  roles: Text2[];
  decision: "approve" | "refuse";
  bound?: Text5;
  proposalHash?: PrefixedDigest3;
  transition?: "activate" | "grant_flag" | "create_agent" | "open_oracle" | "resume";
  iat: EpochSeconds;
  exp: EpochSeconds;
}
/**
 * The template that the envelope was filled in from.
 */
export interface TemplateGiven {
  document: Text6;
  signature: Text7;
  /**
   * Whose keys signed.
   *
   * @minItems 1
   */
  signers: TemplateSigner[];
}
export interface TemplateSigner {
  kid: Text2;
  person?: Text8;
  /**
   * Those of the key there.
   */
  roles?: Text2[];
}
/**
 * The envelope was refused; nothing follows.
 */
export interface Rejected {
  /**
   * The envelope's id, null where it cannot be read.
   */
  id: Text2 | null;
  check: Text9;
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
  unrecorded?: Seq;
  expiresAt?: EpochMs1;
  /**
   * What the caller gave for a reason, where the effect asks for one or reaches an oracle: its beginning. Never evaluated.
   */
  justification?: string;
  /**
   * Of a hold: what the call says and its fields do not show, the beginning of it, for the people who are asked. Nobody has verified it, and nothing evaluates it.
   *
   * @minItems 1
   * @maxItems 8
   */
  narrative?: NarrativeMember[];
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
  jti: Text10;
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
export interface NarrativeMember {
  name: string;
  text: string;
}
/**
 * The token was redeemed, before the effect.
 */
export interface Consumed {
  decided: Seq1;
  jti: Text2;
}
/**
 * How the effect ended, and what it cost.
 */
export interface Settled {
  decided: Seq1;
  jti: Text2;
  outcome: "executed" | "not_executed" | "unknown";
  amounts: Amounts;
  results: SettledResults;
  metrics: MetricValue[];
  receipt?: Text11;
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
  decided: Seq1;
  jti: Text2;
}
/**
 * Another registry of people is in force from here on.
 */
export interface PeopleChanged {
  registry: Text12;
  digest: PrefixedDigest4;
}
export interface EvidenceSeen {
  name: Text13;
  seenAt: EpochMs2;
  jws?: Text14;
  /**
   * What a signed feed has measured.
   *
   * @minItems 1
   */
  metrics?: MetricValue[];
}
/**
 * From here on nothing executes.
 */
export interface Killed {
  signal: Text15;
  by?: Text16;
}
/**
 * A breaker tripped.
 */
export interface Halted {
  breaker: Text2;
  action: Text2;
  /**
   * The values by which it tripped; a metric that nobody has reported has none.
   */
  metrics?: MetricValue[];
}
/**
 * The gateway has tried to undo an effect, as a breaker says.
 */
export interface Cancelled {
  decided: Seq1;
  /**
   * From 1, for each effect.
   */
  attempt: number;
  /**
   * `retry`: it is tried again; `failed`: it is not, and people have to look.
   */
  outcome: "confirmed" | "retry" | "failed";
  message?: string;
}
/**
 * People lifted a halt or a freeze.
 */
export interface Resumed {
  /**
   * Signed documents, `{"approval", "jws"}` each; none is used twice.
   *
   * @minItems 1
   */
  approvals: Text2[];
  reason?: Text17;
}
export interface Incident {
  code: Text2;
  message: string;
  /**
   * Whether the session stops until people resume it.
   */
  freezes: boolean;
  about?: Seq2;
  by?: Text18;
  snapshot?: Snapshot;
}
/**
 * Where it freezes: what the session had come to, before this record.
 */
export interface Snapshot {
  head: BareDigest;
  state: PrefixedDigest5;
  policy: PrefixedDigest3;
}
/**
 * A check of the session's end. One that could not be made does not hold.
 */
export interface PostconditionChecked {
  id: Text2;
  holds: boolean;
  critical: boolean;
  message?: string;
}
/**
 * What the session attempted (every verdict), changed (what may have been executed) and left open (held, or allowed and never redeemed).
 */
export interface Witness {
  attempted: Witnessed[];
  changed: Witnessed[];
  deferred: Witnessed[];
  head: BareDigest1;
  policyDigest: PrefixedDigest3;
  part?: Seq4;
  parts?: Seq1;
  incident?: Seq5;
}
export interface Witnessed {
  seq: Seq3;
  /**
   * Null where the proposal cannot be hashed.
   */
  proposalHash: PrefixedDigest3 | null;
  /**
   * Empty where the call reaches none.
   */
  effect: string;
  resultDigest: PrefixedDigest3 | null;
}
export interface Closed {
  as: "completed" | "completed_with_warnings" | "faulted" | "quarantined" | "killed";
  by?: Text19;
}
