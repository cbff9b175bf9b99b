import { put, set } from "../reading/envelopes.ts";
import { judge } from "./table.ts";

const schedule = "/effects/pay/schedule";
const open = (...windows: readonly (readonly [days: readonly string[], from: string, until: string])[]) =>
  put(schedule, { timezone: "UTC", windows: windows.map(([days, from, until]) => ({ days, from, until })) });

judge("validity", [
  {
    given: "an end at the start",
    change: [set("/validity/expiresAt", "2024-03-01T08:00:00Z")],
    want: ["time/ends_before_it_starts /validity/expiresAt"],
  },
  {
    given: "an end before the start, in another offset",
    change: [set("/validity/expiresAt", "2024-03-01T09:59:59+02:00")],
    want: ["time/ends_before_it_starts /validity/expiresAt"],
  },
  {
    given: "no offset",
    change: [set("/validity/notBefore", "2024-03-01T08:00:00")],
    want: ["time/not_a_timestamp /validity/notBefore"],
  },
  {
    given: "a date that is none",
    change: [set("/validity/expiresAt", "2024-02-30T08:00:00Z")],
    want: ["time/not_a_timestamp /validity/expiresAt"],
  },
]);

// The envelope is valid on Friday, 1 March 2024, from 08:00 to 18:00 UTC.
judge("schedule", [
  { given: "windows that touch", change: [open([["fri"], "08:00", "12:00"], [["fri"], "12:00", "24:00"])], want: [] },
  {
    given: "over midnight",
    change: [open([["fri"], "22:00", "02:00"])],
    want: [`time/ends_before_it_starts ${schedule}/windows/0/until`],
  },
  {
    given: "of no length",
    change: [open([["fri"], "22:00", "22:00"])],
    want: [`time/ends_before_it_starts ${schedule}/windows/0/until`],
  },
  {
    given: "from 24:00",
    change: [open([["fri"], "24:00", "24:00"])],
    want: [`time/not_a_clock_time ${schedule}/windows/0/from`],
  },
  {
    given: "without a leading zero",
    change: [open([["fri"], "9:00", "17:00"])],
    want: [`time/not_a_clock_time ${schedule}/windows/0/from`],
  },
  {
    given: "24:30",
    change: [open([["fri"], "09:00", "24:30"])],
    want: [`time/not_a_clock_time ${schedule}/windows/0/until`],
  },
  {
    given: "windows that overlap",
    change: [open([["thu", "fri"], "08:00", "12:00"], [["fri", "sat"], "11:59", "13:00"])],
    want: [`time/overlapping_windows ${schedule}/windows/1`],
  },
  {
    given: "windows that overlap on no day",
    change: [open([["thu"], "08:00", "12:00"], [["fri"], "08:00", "12:00"])],
    want: [],
  },
  {
    given: "a day twice",
    change: [open([["fri", "fri"], "08:00", "12:00"])],
    want: [`value/duplicate ${schedule}/windows/0/days/1`],
  },
  {
    given: "a zone in lower case",
    change: [
      put(schedule, { timezone: "america/new_york", windows: [{ days: ["fri"], from: "09:00", until: "17:00" }] }),
    ],
    want: [`time/unknown_zone ${schedule}/timezone`],
  },
  {
    given: "an offset for a zone",
    change: [put(schedule, { timezone: "+02:00", windows: [{ days: ["fri"], from: "09:00", until: "17:00" }] })],
    want: [`time/unknown_zone ${schedule}/timezone`],
  },
  {
    given: "a closed date that is none",
    change: [open([["fri"], "08:00", "12:00"]), put(`${schedule}/except`, ["2024-02-30"])],
    want: [`time/not_a_date ${schedule}/except/0`],
  },
  {
    given: "a closed date twice",
    change: [open([["fri"], "08:00", "12:00"]), put(`${schedule}/except`, ["2024-12-25", "2024-12-25"])],
    want: [`value/duplicate ${schedule}/except/1`],
  },
  {
    given: "another weekday than the envelope's",
    change: [open([["thu", "sat"], "00:00", "24:00"])],
    want: [`fires/never_fires ${schedule}`],
  },
  {
    given: "closed before the envelope begins",
    change: [open([["fri"], "00:00", "08:00"])],
    want: [`fires/never_fires ${schedule}`],
  },
  { given: "open for its first minute", change: [open([["fri"], "00:00", "08:01"])], want: [] },
  { given: "open as it expires", change: [open([["fri"], "18:00", "24:00"])], want: [`fires/never_fires ${schedule}`] },
  { given: "open for its last minute", change: [open([["fri"], "17:59", "24:00"])], want: [] },
  {
    given: "in its zone, not in UTC",
    change: [put(schedule, { timezone: "Asia/Tokyo", windows: [{ days: ["fri"], from: "09:00", until: "17:00" }] })],
    want: [`fires/never_fires ${schedule}`],
  },
  {
    given: "closed on its only date",
    change: [open([["fri"], "08:00", "12:00"]), put(`${schedule}/except`, ["2024-03-01"])],
    want: [`fires/never_fires ${schedule}`],
  },
  {
    given: "an envelope of years",
    change: [open([["mon"], "08:00", "08:01"]), set("/validity/expiresAt", "2034-03-01T08:00:00Z")],
    want: [],
  },
]);
