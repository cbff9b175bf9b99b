import { type CalendarDate, daysOf, isDate } from "../time/calendar.ts";
import { accept, type Parsed, refuse } from "./parsed.ts";

/** `YYYY-MM-DD` in days since 1970-01-01. */
export function parseDate(text: string): Parsed<number> {
  const date = readDate(text);
  return date === undefined ? refuse("a date as YYYY-MM-DD") : accept(daysOf(date));
}

/** The calendar date that a `YYYY-MM-DD` names, if it exists. */
export function readDate(text: string): CalendarDate | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const date = { year: Number(text.slice(0, 4)), month: Number(text.slice(5, 7)), day: Number(text.slice(8, 10)) };
  return isDate(date) ? date : undefined;
}
