/** Points in time as bounds write them. Takes only what the rules have accepted. */
import { toEpoch } from "../time/zones.ts";

const dayMs = 86_400_000;

/** An RFC 3339 timestamp → epoch milliseconds. */
export function instant(written: string): number {
  const [, date = "", time = "", fraction = "", sign, hours, minutes] =
    /^(.{10})[Tt](.{8})(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/.exec(written) ?? [];
  const local = days(date) * dayMs + secondOfDay(time) * 1000 + Number(fraction.slice(0, 3).padEnd(3, "0"));
  const offset = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
  return sign === "-" ? local + offset : local - offset;
}

/** `YYYY-MM-DD` → days since 1970. */
export function days(written: string): number {
  return Date.parse(`${written}T00:00:00Z`) / dayMs;
}

/** `YYYY-MM-DD HH:MM[:SS]`, or with `T` → seconds since 1970; floating times as if they were UTC. */
export function seconds(written: string, timezone: string): number {
  const date = written.slice(0, 10);
  const second = secondOfDay(written.slice(11));
  if (timezone === "floating") return days(date) * 86_400 + second;
  const [year, month, day] = date.split("-").map(Number) as [number, number, number];
  const epoch = toEpoch(
    timezone,
    year,
    month,
    day,
    Math.floor(second / 3600),
    Math.floor(second / 60) % 60,
    second % 60,
  );
  return typeof epoch === "number" ? epoch / 1000 : Number.NaN;
}

/** `HH:MM` → minutes since midnight. */
export function minuteOfDay(written: string): number {
  return Number(written.slice(0, 2)) * 60 + Number(written.slice(3, 5));
}

function secondOfDay(written: string): number {
  return minuteOfDay(written) * 60 + Number(written.slice(6, 8) || 0);
}
