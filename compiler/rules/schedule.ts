import type { Schedule } from "../../schema/envelope.ts";
import { minuteOf } from "../schedule.ts";
import { below, forEachEffect, type RuleContext } from "./rule.ts";
import { checkValue } from "./written-value.ts";
import { checkZone } from "./zones.ts";

/** `schedule`: an exact zone, windows with `from < until` that do not overlap, closed dates that exist (SPEC §2). */
export const schedule = forEachEffect(({ effect: { schedule }, pointer: effectPointer }, context) => {
  if (schedule === undefined) return;
  const pointer = below(effectPointer, "schedule");
  checkZone(context, schedule.timezone, below(pointer, "timezone"));
  for (const [i, window] of schedule.windows.entries()) checkWindow(context, window, below(pointer, "windows", i));
  warnOfOverlaps(context, schedule.windows, below(pointer, "windows"));
  for (const [i, date] of (schedule.except ?? []).entries()) {
    checkValue(context, { is: "date" }, date, below(pointer, "except", i));
  }
});

type Window = Schedule["windows"][number];

function checkWindow({ report }: RuleContext, { from, until }: Window, pointer: string): void {
  const start = from === "24:00" ? undefined : minuteOf(from);
  const end = minuteOf(until);
  if (start === undefined) report("time/not_a_clock_time", below(pointer, "from"), { text: from });
  if (end === undefined) report("time/not_a_clock_time", below(pointer, "until"), { text: until });
  if (start === undefined || end === undefined || start < end) return;
  const params = { end: until, start: from, other: below(pointer, "from") };
  report("time/ends_before_it_starts", below(pointer, "until"), params);
}

/** One warning for each window that overlaps an earlier one. */
function warnOfOverlaps({ report }: RuleContext, windows: readonly Window[], pointer: string): void {
  for (const [i, window] of windows.entries()) {
    for (const [j, earlier] of windows.slice(0, i).entries()) {
      const day = window.days.find((day) => earlier.days.includes(day));
      if (day === undefined || !overlap(window, earlier)) continue;
      report("time/overlapping_windows", below(pointer, i), { day, other: below(pointer, j) });
      break;
    }
  }
}

function overlap(a: Window, b: Window): boolean {
  const [aFrom, aUntil, bFrom, bUntil] = [minuteOf(a.from), minuteOf(a.until), minuteOf(b.from), minuteOf(b.until)];
  if (aFrom === undefined || aUntil === undefined || bFrom === undefined || bUntil === undefined) return false;
  return aFrom < bUntil && bFrom < aUntil && aFrom < aUntil && bFrom < bUntil;
}
