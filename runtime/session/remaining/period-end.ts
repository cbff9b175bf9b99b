/** When the calendar period of a moment is over, by the clock on the wall. */
import type { Period } from "../../../schema/envelope.ts";
import { periodOf } from "../../ledger/facts/period.ts";

const hourMs = 3_600_000;

/** No period lasts so long, the hour that is shown twice, and the day and month with it, included. */
const longest: Readonly<Record<Period, number>> = { hour: 3 * hourMs, day: 27 * hourMs, month: 32 * 24 * hourMs };

/** Epoch milliseconds, exclusive; null where the zone's data does not reach. */
export function periodEndsAt(period: Period, zone: string, now: number): number | null {
  const bucket = periodOf(period, zone, now);
  if (bucket === undefined) return null;
  let inside = now;
  let after = now + longest[period];
  if (periodOf(period, zone, after) === bucket) return null;
  while (after - inside > 1) {
    const middle = Math.floor((inside + after) / 2);
    if (periodOf(period, zone, middle) === bucket) inside = middle;
    else after = middle;
  }
  return after;
}
