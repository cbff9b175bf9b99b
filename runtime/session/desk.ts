/** What the works of one session share. */

import type { FactsPlan } from "../ledger/facts/facts.ts";
import type { SessionLog } from "../ledger/log.ts";
import type { Appended } from "./append.ts";
import type { InTurn } from "./in-turn.ts";
import type { SessionOptions } from "./settings.ts";

export interface Desk {
  readonly options: Required<Omit<SessionOptions, "authority" | "executors">> &
    Pick<SessionOptions, "authority" | "executors">;
  readonly log: SessionLog;
  readonly facts: FactsPlan;
  readonly inTurn: InTurn;
  /** Epoch milliseconds; never before the last record. */
  readonly now: () => Time;
  /** Whether another writer was first the last time: then it pays to read before deciding. */
  contended: boolean;
  /** Set at once where it was killed here, whether or not that is written yet. */
  killed: { readonly signal: string; writing: Promise<Appended> } | undefined;
}

export type Time = { readonly ok: true; readonly now: number } | { readonly ok: false; readonly message: string };

/** Total: a clock that throws tells no time. */
export function timeOf(clock: () => number, last: number): Time {
  try {
    const now = clock();
    if (!Number.isSafeInteger(now) || now < 0) return { ok: false, message: "the clock gives no epoch milliseconds" };
    if (now >= last) return { ok: true, now };
    return { ok: false, message: `the clock has gone back: ${now} is before the last record, ${last}` };
  } catch {
    return { ok: false, message: "the clock cannot be read" };
  }
}

export function timeOrLast({ now, log }: Pick<Desk, "now" | "log">): number {
  const time = now();
  return time.ok ? time.now : log.state.end.at;
}
