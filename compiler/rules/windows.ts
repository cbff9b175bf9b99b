/** The windows of a schedule as minutes since local midnight (SPEC §2). */
import type { Schedule } from "../../schema/envelope.ts";

export const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Day = (typeof days)[number];

/** `HH:MM` in minutes since midnight, `24:00` included; undefined for anything else. */
export function minuteOf(text: string): number | undefined {
  const match = /^([01]\d|2[0-4]):([0-5]\d)$/.exec(text);
  const minute = Number(match?.[1]) * 60 + Number(match?.[2]);
  return match === null || minute > 1440 ? undefined : minute;
}

/** The open times of each day, as [from, until), sorted, those that touch or overlap as one. */
export function openMinutes(schedule: Schedule): ReadonlyMap<Day, readonly (readonly [number, number])[]> {
  const open = new Map<Day, readonly (readonly [number, number])[]>();
  for (const day of days) {
    const windows = schedule.windows.flatMap(({ days: on, from, until }) => {
      const start = minuteOf(from);
      const end = minuteOf(until);
      return on.includes(day) && start !== undefined && end !== undefined && start < end ? [[start, end] as const] : [];
    });
    if (windows.length > 0) open.set(day, joined(windows));
  }
  return open;
}

function joined(windows: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const out: [number, number][] = [];
  for (const [from, until] of windows.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = out.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], until);
    else out.push([from, until]);
  }
  return out;
}
