/** What circuit breakers look at, and what has become of those that tripped; a part of the state of a session. */

/** An effect that may have happened: its token was redeemed. */
export interface Performed {
  readonly effect: string;
  /** The number of the `consumed` record. */
  readonly consumed: number;
  /** That of the `settled` record; undefined while nobody has said how it ended. */
  readonly settled?: number;
  /** Times that its cancel was tried. */
  readonly cancels: number;
}

export interface Watched {
  /** The last value of each metric that was reported since the session began or resumed; not yet looked at. */
  readonly metrics: Map<string, string | number>;
  /** Denies in a row among the verdicts. A hold neither adds nor ends. */
  denialStreak: number;
  /** Settlements in a row with another outcome than `executed`. */
  errorStreak: number;
  /** Of each of the last verdicts, whether it was a hold; a hundred at most. */
  readonly holds: boolean[];
  /** By breaker: the actions of those that halted the session, until it resumes. */
  readonly halts: Map<string, string>;
  /** When the session was last halted or frozen, or an outcome was unknown; epoch milliseconds. Undefined where people have resumed since. */
  stoppedAt: number | undefined;
  /**
   * By the number of the `decided` record, in the order in which they were redeemed: what is neither known not to have happened, nor
   * cancelled, nor given up.
   */
  readonly performed: Map<number, Performed>;
  /** What was redeemed before the record of this number is to be cancelled; 0 where nothing is. */
  cancelsBefore: number;
  /** By feed, when its last report was made: epoch milliseconds. */
  readonly feeds: Map<string, number>;
  /** The approvals of resumptions, each of which counts once. */
  readonly usedResumptions: Set<string>;
}

export function nothingWatched(): Watched {
  return {
    metrics: new Map(),
    denialStreak: 0,
    errorStreak: 0,
    holds: [],
    halts: new Map(),
    stoppedAt: undefined,
    performed: new Map(),
    cancelsBefore: 0,
    feeds: new Map(),
    usedResumptions: new Set(),
  };
}

/** The effects whose cancel was ordered and is neither confirmed nor given up, in the order in which they were redeemed. */
export function cancelsDue(watched: Watched): readonly (readonly [decided: number, Performed])[] {
  const due: (readonly [decided: number, Performed])[] = [];
  for (const entry of watched.performed) {
    if (!isCancelDue(watched, entry[1])) break;
    due.push(entry);
  }
  return due;
}

export function isCancelDue({ cancelsBefore }: Watched, { consumed }: Performed): boolean {
  return consumed < cancelsBefore;
}
