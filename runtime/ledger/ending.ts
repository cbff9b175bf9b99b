/** How a session ends, as far as its ledger tells; a part of its state (SPEC §10). */
import type { Closed } from "../../schema/ledger.ts";

export type Outcome = Closed["as"];

/** From the best to the worst. */
export const outcomes: readonly Outcome[] = [
  "completed",
  "completed_with_warnings",
  "faulted",
  "quarantined",
  "killed",
];

/** A witness as far as it is written. */
export interface WitnessBegun {
  /** The number of the incident that it is of; undefined for that of the session's end. */
  readonly incident: number | undefined;
  /** The last record that it speaks of. */
  readonly head: { readonly seq: number; readonly hash: string };
  readonly parts: number;
  written: number;
}

export interface CheckMade {
  readonly holds: boolean;
  readonly critical: boolean;
}

export interface Ending {
  /** Whether an outcome that nobody knows, or a freeze, has come that nobody has resumed after. */
  isSuspect: boolean;
  /** Whether the freeze has its snapshot: one for each. */
  isSnapshotTaken: boolean;
  /** The number of the incident with a snapshot that no witness speaks of yet. */
  unwitnessed: number | undefined;
  /** The last one. */
  witness: WitnessBegun | undefined;
  /** By postcondition: those of the session's end. */
  readonly checks: Map<string, CheckMade>;
  closedAs: Outcome | undefined;
  /** When the witness of the session's end began; epoch milliseconds. */
  stoppedAt: number | undefined;
}

export function nothingEnded(): Ending {
  return {
    isSuspect: false,
    isSnapshotTaken: false,
    unwitnessed: undefined,
    witness: undefined,
    checks: new Map(),
    closedAs: undefined,
    stoppedAt: undefined,
  };
}

/** The witness that has begun and lacks parts. */
export function unfinishedWitness({ witness }: Ending): WitnessBegun | undefined {
  return witness !== undefined && witness.written < witness.parts ? witness : undefined;
}

/** The worst wins. What a breaker halted, and nobody resumed, has not simply completed. */
export function outcomeOf(state: {
  readonly killed: boolean;
  readonly halted: boolean;
  readonly ending: Readonly<Ending>;
}): Outcome {
  const { isSuspect, checks } = state.ending;
  const failed = [...checks.values()].filter(({ holds }) => !holds);
  if (state.killed) return "killed";
  if (isSuspect) return "quarantined";
  if (failed.some(({ critical }) => critical)) return "faulted";
  return failed.length > 0 || state.halted ? "completed_with_warnings" : "completed";
}

export function isBetter(outcome: Outcome, than: Outcome): boolean {
  return outcomes.indexOf(outcome) < outcomes.indexOf(than);
}
