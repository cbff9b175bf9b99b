import { daysOf } from "../time/calendar.ts";
import { readClock, secondsOf } from "./clock.ts";
import { readDate } from "./date.ts";
import { accept, type Parsed, refuse } from "./parsed.ts";

const form = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2}:\d{2})(?:\.(\d+))?(?:[Zz]|([+-])(\d{2}:\d{2}))$/;
const expected = "a timestamp with an offset, such as 2024-02-15T14:30:00Z";

/**
 * An RFC 3339 timestamp in epoch milliseconds. Refuses a missing or unknown offset (`-00:00`), leap seconds, and fractions finer
 * than a millisecond (SPEC §4).
 */
export function parseTimestamp(text: string): Parsed<number> {
  const match = form.exec(text);
  if (match === null) return refuse(expected);
  const [, dateText = "", clockText = "", fraction = "", sign = "+", offsetText = "00:00"] = match;
  const date = readDate(dateText);
  const clock = readClock(clockText);
  const offset = readClock(offsetText);
  if (date === undefined || clock === undefined || offset === undefined) return refuse(expected);
  if (sign === "-" && offsetText === "00:00") return refuse("a timestamp with a known offset");
  if (/[1-9]/.test(fraction.slice(3))) return refuse("a timestamp of at most milliseconds");
  const local = daysOf(date) * 86_400 + secondsOf(clock);
  const seconds = local - (sign === "-" ? -1 : 1) * secondsOf(offset);
  return accept(seconds * 1000 + Number(fraction.slice(0, 3).padEnd(3, "0")));
}
