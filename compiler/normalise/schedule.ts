import type { Schedule } from "../../schema/envelope.ts";
import type { Bound, Minutes } from "../../schema/normalised.ts";
import { members, sortedMap } from "./maps.ts";

/** The windows of each weekday, in minutes since local midnight, in order of time. */
export function normaliseSchedule(id: string, { timezone, windows, except }: Schedule): Bound<"schedule"> {
  const byDay = new Map<string, Minutes[]>();
  for (const { days, from, until } of windows) {
    for (const day of new Set(days)) byDay.set(day, [...(byDay.get(day) ?? []), [minutes(from), minutes(until)]]);
  }
  const sorted = [...byDay].map(([day, open]) => [day, open.sort((a, b) => a[0] - b[0] || a[1] - b[1])] as const);
  return { id, timezone, windows: sortedMap(sorted), ...(except === undefined ? {} : { except: members(except) }) };
}

/** `09:30` → 570. */
function minutes(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
}
