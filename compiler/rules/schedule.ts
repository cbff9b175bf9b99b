import type { Schedule } from "../../schema/envelope.ts";
import { below, forEachEffect, type RuleContext } from "./rule.ts";
import { type Day, days, minuteOf } from "./windows.ts";
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
  const help = "a window over midnight is written as two";
  report("time/ends_before_it_starts", below(pointer, "until"), params, { help });
}

interface Span {
  readonly index: number;
  readonly from: number;
  readonly until: number;
}

/** One warning for each window that overlaps an earlier one, on the first day on which it does. */
function warnOfOverlaps({ report }: RuleContext, windows: readonly Window[], pointer: string): void {
  const warned = new Set<number>();
  for (const day of days) {
    let widest: Span | undefined;
    for (const span of spansOn(windows, day)) {
      if (widest !== undefined && span.from < widest.until) {
        const first = Math.min(widest.index, span.index);
        const second = Math.max(widest.index, span.index);
        if (!warned.has(second))
          report("time/overlapping_windows", below(pointer, second), { day, other: below(pointer, first) });
        warned.add(second);
      }
      if (widest === undefined || span.until > widest.until) widest = span;
    }
  }
}

/** The readable windows of a day, by their start. */
function spansOn(windows: readonly Window[], day: Day): readonly Span[] {
  const spans = windows.flatMap((window, index): Span[] => {
    const from = minuteOf(window.from);
    const until = minuteOf(window.until);
    const isOpen = window.days.includes(day) && from !== undefined && until !== undefined && from < until;
    return isOpen ? [{ index, from, until }] : [];
  });
  return spans.sort((a, b) => a.from - b.from || a.index - b.index);
}
