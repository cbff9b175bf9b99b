/** What the works of one session share. */

import type { FactsPlan } from "../ledger/facts/facts.ts";
import type { SessionLog } from "../ledger/log.ts";
import { instantText } from "../messages/times.ts";
import type { People } from "../people/registry.ts";
import type { Closing } from "./ending/close.ts";
import type { InTurn } from "./in-turn.ts";
import type { Incidents } from "./incidents/watched-log.ts";
import type { KillHere } from "./kill/kill.ts";
import type { SettledOptions } from "./settings.ts";

export interface Desk {
  readonly options: SettledOptions;
  readonly log: SessionLog;
  readonly facts: FactsPlan;
  readonly inTurn: InTurn;
  /** Epoch milliseconds; never before the last record. */
  readonly now: () => Time;
  /** From then on nothing is allowed, and no token is good: epoch milliseconds, as `endOf` tells them. */
  readonly end: number;
  /** Whether another writer was first the last time: then it pays to read before deciding. */
  contended: boolean;
  /** Set at once where it was killed here. */
  killed: KillHere | undefined;
  /** Fires at the kill, wherever it came from. */
  readonly stop: AbortController;
  /** Cancels that are under way. */
  cancelling: Promise<void> | undefined;
  /** While it is being closed here. */
  closing: Promise<Closing> | undefined;
  readonly incidents: Incidents;
  /** The people that the host has named last. */
  readonly vouched: { people: People | undefined };
}

export type Time =
  | {
      readonly ok: true;
      readonly now: number;
      /** Whether it is later than anything that the session writes down by itself. */
      readonly isBeyond: boolean;
    }
  | { readonly ok: false; readonly message: string };

/**
 * Total: a clock that throws tells no time.
 *
 * @param horizon as `horizonOf` tells it
 */
export function timeOf(clock: () => number, last: number, horizon: number): Time {
  try {
    const now = clock();
    if (!Number.isSafeInteger(now) || now < 0) return { ok: false, message: "the clock gives no epoch milliseconds" };
    if (now >= last) return { ok: true, now, isBeyond: now > horizon };
    const message = `the clock has gone back: ${instantText(now)} is before the last record, of ${instantText(last)}`;
    return { ok: false, message };
  } catch {
    return { ok: false, message: "the clock cannot be read" };
  }
}

/** Under which a session writes what it writes by itself. */
export function timeOrLast({ now, log }: Pick<Desk, "now" | "log">): number {
  const time = now();
  return time.ok && !time.isBeyond ? time.now : log.state.end.at;
}

/** What the clock shows, however late that is: nothing may be written under it that nobody has signed. */
export function clockOrLast({ now, log }: Pick<Desk, "now" | "log">): number {
  const time = now();
  return time.ok ? time.now : log.state.end.at;
}
