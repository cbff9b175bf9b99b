import type { Settled } from "../claim.ts";

export interface Tally {
  readonly attempted: number;
  readonly proven: number;
  readonly refuted: number;
  readonly unsettled: number;
  /** Spent in the solver, by all jobs together. */
  readonly solverMilliseconds: number;
}

export function tally(settled: readonly Settled[]): Tally {
  const count = (kind: Settled["outcome"]["kind"]) => settled.filter(({ outcome }) => outcome.kind === kind).length;
  return {
    attempted: settled.length,
    proven: count("proven"),
    refuted: count("refuted"),
    unsettled: count("unsettled"),
    solverMilliseconds: Math.round(settled.reduce((sum, { milliseconds }) => sum + milliseconds, 0)),
  };
}

/** The claims of each action, in the order in which they come. */
export function byAction(settled: readonly Settled[]): ReadonlyMap<string, readonly Settled[]> {
  return Map.groupBy(settled, ({ claim }) => claim.action);
}
