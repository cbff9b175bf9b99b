import type { Family } from "./entry.ts";
import { quote } from "./quote.ts";

export interface Unreadable {
  readonly text: string;
  readonly expected: string;
}

/** A time, zone or window is wrong. */
export const time = {
  "time/not_a_timestamp": {
    severity: "error",
    summary: "a timestamp is RFC 3339 with an offset",
    message: ({ text, expected }: Unreadable) => `${quote(text)} is no RFC 3339 timestamp: expected ${expected}`,
    example: [{ op: "replace", path: "/validity/expiresAt", value: "2024-03-01 18:00" }],
  },
  "time/not_a_date": {
    severity: "error",
    summary: "a date is YYYY-MM-DD",
    message: ({ text, expected }: Unreadable) => `${quote(text)} is no date: expected ${expected}`,
    example: [
      { op: "add", path: "/effects/pay/fields/due", value: { from: "/due", type: "date" } },
      { op: "add", path: "/effects/pay/perCall/due", value: { max: "2024-02-30" } },
    ],
  },
  "time/not_a_datetime": {
    severity: "error",
    summary: "a local time is not written in a form that its field admits, or does not exist",
    message: ({ text, expected }: Unreadable) => `${quote(text)} is no local time of its field: expected ${expected}`,
    example: [
      {
        op: "add",
        path: "/effects/pay/fields/due",
        value: { from: "/due", type: "datetime", format: "YYYY-MM-DD HH:MM", timezone: "floating" },
      },
      { op: "add", path: "/effects/pay/perCall/due", value: { max: "2024-03-01" } },
    ],
  },
  "time/not_a_clock_time": {
    severity: "error",
    summary: "an edge of a window is a time of day, HH:MM",
    message: ({ text }: { readonly text: string }) =>
      `${quote(text)} is no time of day from \`00:00\` to \`23:59\` (\`24:00\` only as \`until\`)`,
    example: [
      {
        op: "add",
        path: "/effects/pay/schedule",
        value: { timezone: "UTC", windows: [{ days: ["fri"], from: "9:00", until: "17:00" }] },
      },
    ],
  },
  "time/unknown_zone": {
    severity: "error",
    summary: "a time zone is named exactly as in the IANA database",
    message: ({ name, meant }: { readonly name: string; readonly meant?: string }) =>
      `${quote(name)} is no IANA time zone${meant === undefined ? "" : `; did you mean ${quote(meant)}?`}`,
    example: [
      {
        op: "add",
        path: "/effects/pay/schedule",
        value: { timezone: "Europe/berlin", windows: [{ days: ["fri"], from: "09:00", until: "17:00" }] },
      },
    ],
  },
  "time/ends_before_it_starts": {
    severity: "error",
    summary: "an end is not after its start",
    message: ({ end, start, other }: { readonly end: string; readonly start: string; readonly other: string }) =>
      `${quote(end)} is not after ${quote(start)} at ${quote(other)}`,
    example: [{ op: "replace", path: "/validity/expiresAt", value: "2024-03-01T08:00:00Z" }],
  },
  "time/overlapping_windows": {
    severity: "warning",
    summary: "two windows of a schedule overlap",
    message: ({ day, other }: { readonly day: string; readonly other: string }) =>
      `on ${day} this window overlaps the one at ${quote(other)}`,
    example: [
      {
        op: "add",
        path: "/effects/pay/schedule",
        value: {
          timezone: "UTC",
          windows: [
            { days: ["fri"], from: "09:00", until: "12:00" },
            { days: ["fri"], from: "11:00", until: "17:00" },
          ],
        },
      },
    ],
  },
} satisfies Family;
