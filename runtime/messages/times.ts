/** Times and durations as a person reads them. */
import { show } from "./show.ts";

/** Epoch milliseconds → RFC 3339 in UTC. */
export function instantText(epochMs: unknown): string {
  return dateText(epochMs, 1, 24, (iso) => iso.replace(/\.000Z$/, "Z"));
}

/** Seconds since 1970 → local date and time, as if in UTC. */
export function secondsText(seconds: unknown): string {
  return dateText(seconds, 1000, 19, (iso) => iso.replace("T", " "));
}

/** Days since 1970 → `YYYY-MM-DD`. */
export function daysText(days: unknown): string {
  return dateText(days, 86_400_000, 10, (iso) => iso);
}

/** What lies between two points in time in milliseconds. */
export function ageText(fromMs: number, untilMs: number): string {
  return `${Math.floor((untilMs - fromMs) / 1000)} seconds`;
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
