/** The first moment at which something other than use closes an effect (SPEC §3: intervals are half-open in time). */
import type { Effect, Envelope } from "../../../schema/envelope.ts";
import { instant } from "../../../schema/reference/times.ts";
import type { SessionState } from "../../ledger/state.ts";
import { freezesAt } from "./as-overdue-ended.ts";
import { scheduleClosesAt } from "./schedule-end.ts";

export interface Closing {
  /** Epoch milliseconds, exclusive. */
  readonly at: number;
  /** The bounds that are violated from then on. */
  readonly by: readonly string[];
}

/**
 * @param state in which the effect is open at `now`
 * @param settleSeconds how long a redeemed effect may go unsettled before it freezes the session
 */
export function closingOf(
  envelope: Envelope,
  name: string,
  effect: Effect,
  state: SessionState,
  now: number,
  settleSeconds: number,
): Closing {
  const { validity, evidence = {} } = envelope;
  const ends: (readonly [bound: string, at: number])[] = [
    ["validity/expires_at", instant(validity.expiresAt)],
    ["validity/duration", state.activatedAt + validity.maxDurationSeconds * 1000],
  ];
  for (const [witness, { maxAgeSeconds, effects }] of Object.entries(evidence))
    if (effects?.includes(name) ?? true)
      ends.push([`evidence/${witness}`, pastAge(state.evidence.get(witness), maxAgeSeconds)]);
  for (const [index, { effect: earlier, withinSeconds }] of (effect.after ?? []).entries())
    ends.push([`effects/${name}/after/${index}`, pastAge(state.last.get(earlier), withinSeconds)]);
  const freezes = freezesAt(state, settleSeconds);
  if (freezes !== undefined) ends.push(["phase", freezes]);
  if (effect.schedule !== undefined) {
    const latest = Math.min(...ends.map(([, at]) => at));
    // One millisecond beyond, so that a schedule that closes later is not taken for one that closes then.
    ends.push([`effects/${name}/schedule`, scheduleClosesAt(effect.schedule, now, latest + 1)]);
  }
  const at = Math.min(...ends.map(([, end]) => end));
  return { at, by: ends.filter(([, end]) => end === at).map(([bound]) => bound) };
}

/** What is exactly of the greatest age still counts. */
function pastAge(seen: number | undefined, seconds: number): number {
  return (seen ?? 0) + seconds * 1000 + 1;
}
