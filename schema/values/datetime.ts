import { daysOf } from "../time/calendar.ts";
import { isZone, toEpoch } from "../time/zones.ts";
import { readClock, secondsOf } from "./clock.ts";
import { readDate } from "./date.ts";
import { accept, type Parsed, refuse } from "./parsed.ts";

/**
 * A local time in one of `formats` (`YYYY-MM-DD HH:MM`, `YYYY-MM-DD HH:MM:SS` and the two with `T`) in seconds since 1970; for
 * `floating` as if it were UTC. Refuses times that the zone's clocks never or twice show (SPEC §4).
 */
export function parseDatetime(text: string, formats: readonly string[], timezone: string): Parsed<number> {
  const expected = `a local time as ${formats.join(" or ")}`;
  if (!formats.some((format) => text.length === format.length && text[10] === format[10])) return refuse(expected);
  const date = readDate(text.slice(0, 10));
  const clock = readClock(text.slice(11));
  if (date === undefined || clock === undefined) return refuse(expected);
  if (timezone === "floating") return accept(daysOf(date) * 86_400 + secondsOf(clock));
  const instant = toEpoch(timezone, date.year, date.month, date.day, clock.hour, clock.minute, clock.second);
  if (typeof instant === "number") return accept(Math.floor(instant / 1000));
  if (instant === undefined)
    return refuse(isZone(timezone) ? `${expected} before the year 2500` : `${expected} in a known time zone`);
  return refuse(
    instant === "ambiguous" ? `a local time that ${timezone} has once` : `a local time that exists in ${timezone}`,
  );
}
