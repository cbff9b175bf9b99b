import { dateOf, daysOf, formatDate, isDate } from "./calendar.ts";
import { type ZoneHistory, zoneHistory } from "./zone-data.ts";

export { isZone, tzdataVersion, zoneNames } from "./zone-data.ts";

const dayMs = 86_400_000;
const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
// Year 0 to year 9999: what YYYY can write.
const earliest = daysOf({ year: 0, month: 1, day: 1 }) * dayMs;
const latest = daysOf({ year: 10_000, month: 1, day: 1 }) * dayMs;

export interface ZonedTime {
  /** mon … sun. */
  readonly day: (typeof weekdays)[number];
  /** Minutes since local midnight by the clock on the wall. */
  readonly minute: number;
  /** YYYY-MM-DD. */
  readonly date: string;
}

/**
 * The local time of a zone at an instant (epoch ms). Undefined for an unknown zone, an instant that is no integer or outside the
 * years 0–9999, and past the end of the data (2499) in a zone that keeps changing its clocks. Never asks the platform's own tables.
 */
export function localTime(zone: string, epochMs: number): ZonedTime | undefined {
  const history = zoneHistory(zone);
  if (history === undefined || !Number.isInteger(epochMs)) return undefined;
  const offset = offsetAt(history, epochMs);
  if (offset === undefined) return undefined;
  const local = epochMs - offset;
  if (local < earliest || local >= latest) return undefined;
  const days = Math.floor(local / dayMs);
  const day = weekdays[(((days + 3) % 7) + 7) % 7];
  if (day === undefined) return undefined;
  return { day, minute: Math.floor((local - days * dayMs) / 60_000), date: formatDate(dateOf(days)) };
}

/** What the zone's clocks show at an instant (epoch seconds), in seconds as if that were UTC; undefined where `localTime` is. */
export function localSeconds(zone: string, epochSeconds: number): number | undefined {
  const history = zoneHistory(zone);
  if (history === undefined || localTime(zone, epochSeconds * 1000) === undefined) return undefined;
  const offset = offsetAt(history, epochSeconds * 1000);
  return offset === undefined ? undefined : Math.round(epochSeconds - offset / 1000);
}

/**
 * The instant (epoch ms) of a local time, month and day from 1. `nonexistent` where the clocks jump over it, `ambiguous` where they show it
 * twice; undefined where `localTime` would be, and for times that no clock shows (25:00, 30 February).
 */
export function toEpoch(
  zone: string,
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number | "nonexistent" | "ambiguous" | undefined {
  const history = zoneHistory(zone);
  const date = { year, month, day };
  const isTime = hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 59;
  if (history === undefined || !isTime || !isDate(date)) return undefined;
  const local = daysOf(date) * dayMs + ((hour * 60 + minute) * 60 + second) * 1000;
  const found = instantsOf(history, local);
  if (found.some((instant) => instant >= history.end)) return undefined;
  if (found.length > 1) return "ambiguous";
  return found[0] ?? (local - dayMs >= history.end ? undefined : "nonexistent");
}

/** Every instant at which the zone's clocks show `local` (ms, as if UTC). */
function instantsOf(history: ZoneHistory, local: number): number[] {
  const instants: number[] = [];
  // No zone is more than a day and two hours away from UTC.
  const first = periodAt(history, local - dayMs - 7_200_000);
  const last = periodAt(history, local + dayMs + 7_200_000);
  for (let i = first; i <= last; i++) {
    const instant = local + (history.offsets[i] ?? Number.NaN);
    if (periodAt(history, instant) === i) instants.push(instant);
  }
  return instants;
}

function offsetAt(history: ZoneHistory, epochMs: number): number | undefined {
  return epochMs >= history.end ? undefined : history.offsets[periodAt(history, epochMs)];
}

/** The index of the period that holds the instant: the first whose end lies after it. */
function periodAt({ untils }: ZoneHistory, epochMs: number): number {
  let low = 0;
  let high = untils.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((untils[middle] ?? Number.POSITIVE_INFINITY) > epochMs) high = middle;
    else low = middle + 1;
  }
  return low;
}
