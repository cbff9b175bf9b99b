/** Times and durations as a person reads them. */
import { localSeconds } from "../../schema/time/zones.ts";
import { counted } from "./counted.ts";
import { show } from "./show.ts";

/** Epoch milliseconds → RFC 3339 in UTC. */
export function instantText(epochMs: unknown): string {
  return dateText(epochMs, 1, 24, (iso) => iso.replace(/\.000Z$/, "Z"));
}

/**
 * Seconds since 1970 → what the clocks of the zone show (`floating`: as if in UTC), in the first of the formats that leaves nothing
 * out. What the zone's clocks do not show stays a number.
 */
export function clockText(seconds: unknown, formats: readonly string[], timezone: string): string {
  if (typeof seconds !== "number" || !Number.isInteger(seconds)) return show(seconds);
  const local = timezone === "floating" ? seconds : localSeconds(timezone, seconds);
  if (local === undefined) return show(seconds);
  const format = formats.find((form) => form.endsWith(":SS") || local % 60 === 0);
  const separator = (format ?? formats[0])?.[10] ?? " ";
  return dateText(local, 1000, format?.length ?? 19, (iso) => iso.replace("T", separator));
}

/** Days since 1970 → `YYYY-MM-DD`. */
export function daysText(days: unknown): string {
  return dateText(days, 86_400_000, 10, (iso) => iso);
}

/** What lies between two points in time in milliseconds, to the millisecond: one more than a limit must not read like the limit. */
export function ageText(fromMs: number, untilMs: number): string {
  return counted((untilMs - fromMs) / 1000, "second");
}

/** Minutes since midnight → `HH:MM`. */
export function minuteText(minute: unknown): string {
  if (typeof minute !== "number" || !Number.isInteger(minute)) return show(minute);
  const pad = (part: number) => String(part).padStart(2, "0");
  return `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`;
}

const furthestMs = 8.64e15;

/** A number beyond the calendar, or no number at all, is shown as it stands. */
function dateText(value: unknown, unitMs: number, length: number, form: (iso: string) => string): string {
  if (typeof value !== "number" || !Number.isInteger(value) || Math.abs(value * unitMs) > furthestMs)
    return show(value);
  const iso = new Date(value * unitMs).toISOString();
  return form(iso.length === 24 ? iso.slice(0, length) : iso);
}
