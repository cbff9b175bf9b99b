import type { Envelope, Schedule } from "../../../schema/envelope.ts";
import { localTime } from "../../../schema/time/zones.ts";
import { parseTimestamp } from "../../../schema/values/timestamp.ts";
import { below, forEachEffect } from "../rule.ts";
import { openMinutes } from "../windows.ts";

const minuteMs = 60_000;
/** Offsets change on quarter hours: a longer step could pass over a window. */
const longestStep = 15;
const lateEvening = 20 * 60;
/** Every weekday comes within eight days, whatever the clocks do. */
const longestGap = 8 * 24 * 60;

/** A schedule that is never open while the envelope is valid (SPEC §2). */
export const neverOpen = forEachEffect(({ name, effect: { schedule }, envelope, pointer }, { report }) => {
  if (schedule === undefined || mayBeOpen(schedule, envelope.validity)) return;
  const cause = "no window of the schedule is open between `/validity/notBefore` and `/validity/expiresAt`";
  report("fires/never_fires", below(pointer, "schedule"), { cause, effects: [name] });
});

function mayBeOpen(schedule: Schedule, validity: Envelope["validity"]): boolean {
  const start = parseTimestamp(validity.notBefore);
  const end = parseTimestamp(validity.expiresAt);
  const open = openMinutes(schedule);
  // What cannot be read is reported elsewhere.
  if (!start.ok || !end.ok || open.size === 0) return true;
  const closed = new Set(schedule.except ?? []);
  const lastStart = start.value + longestGap * (closed.size + 1) * minuteMs;
  let at = start.value;
  while (at < end.value) {
    if (at > lastStart) return true;
    const local = localTime(schedule.timezone, at);
    if (local === undefined) return true;
    const windows = closed.has(local.date) ? [] : (open.get(local.day) ?? []);
    if (windows.some(([from, until]) => from <= local.minute && local.minute < until)) return true;
    at = (Math.floor(at / minuteMs) + stepFrom(local.minute, windows)) * minuteMs;
  }
  return false;
}

/** Minutes until something can open: never past a window, and on a day without any not into the hours in which clocks change. */
function stepFrom(minute: number, windows: readonly (readonly [number, number])[]): number {
  if (windows.length === 0 && minute < lateEvening) return lateEvening - minute;
  const next = windows.find(([from]) => from > minute)?.[0] ?? minute + longestStep;
  return Math.min(longestStep, next - minute);
}
