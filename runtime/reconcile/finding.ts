/** What a ledger and an executor's own log say differently of the same effects. */
export type ReconcileCode =
  /** The log names an effect, a tool or a token that the session never granted. */
  | "EFFECT_OUTSIDE_SET"
  /** An effect of which no redemption is recorded: denied, held, released, never redeemed, or never proposed. */
  | "EFFECT_WITHOUT_RECORD"
  | "EXECUTED_TWICE"
  /** Settled as executed, and not in the log. */
  | "EXECUTION_MISSING"
  /** One says that it was executed, the other that it was not. */
  | "OUTCOME_DIFFERS"
  /** The log says other amounts than were charged. */
  | "AMOUNTS_DIFFER"
  /** A line that is none: nobody knows what it says. */
  | "LOG_UNREADABLE";

export interface ReconcileFinding {
  readonly code: ReconcileCode;
  /** One sentence: the same for the same finding, wherever in the log it stands. */
  readonly message: string;
  /** The number of the `decided` record. */
  readonly about?: number;
  /** Of the log, from 1. */
  readonly line?: number;
}

export interface Reconciled {
  /** Lines of the log, all of them. */
  readonly lines: number;
  /** Those of other sessions. */
  readonly others: number;
  /** Those that a redemption accounts for. */
  readonly matched: number;
  /** How many findings there are, and the first of them. */
  readonly count: number;
  readonly findings: readonly ReconcileFinding[];
}

/** Of the others only their number is kept, so that no log fills the memory or the ledger. */
export const mostFindings = 100;
