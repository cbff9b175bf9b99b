/** When schedules and periods end, against walking the clock minute by minute over the days on which it is changed. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { periodOf } from "../../../runtime/ledger/facts/period.ts";
import { periodEndsAt } from "../../../runtime/session/remaining/period-end.ts";
import { scheduleClosesAt } from "../../../runtime/session/remaining/schedule-end.ts";
import type { Schedule } from "../../../schema/envelope.ts";
import { localTime } from "../../../schema/time/zones.ts";

const minute = 60_000;
const day = 1440 * minute;

/** Zones and days on which their clocks change; Lord Howe changes by half an hour, Havana at midnight. */
const changes = [
  ["America/New_York", "2024-03-10T07:00:00Z"],
  ["America/New_York", "2024-11-03T06:00:00Z"],
  ["Europe/Berlin", "2024-03-31T01:00:00Z"],
  ["Europe/Berlin", "2024-10-27T01:00:00Z"],
  ["Australia/Lord_Howe", "2024-04-06T15:00:00Z"],
  ["Australia/Lord_Howe", "2024-10-05T15:30:00Z"],
  ["America/Havana", "2024-11-03T05:00:00Z"],
  ["America/Havana", "2024-03-10T05:00:00Z"],
  ["Asia/Kolkata", "2024-02-15T00:00:00Z"],
] as const;

const moment = fc
  .record({ change: fc.constantFrom(...changes), ms: fc.integer({ min: -day, max: day }) })
  .map(({ change: [zone, at], ms }) => ({ zone, now: Date.parse(at) + ms }));

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

const window = fc
  .record({
    days: fc.subarray([...days], { minLength: 5 }),
    edges: fc.uniqueArray(fc.constantFrom(0, 30, 60, 89, 90, 120, 121, 150, 180, 600, 1380, 1439, 1440), {
      minLength: 2,
      maxLength: 2,
    }),
  })
  .map(({ days, edges }) => ({ days, from: clock(Math.min(...edges)), until: clock(Math.max(...edges)) }));

const schedule = fc.record({
  windows: fc.array(window, { minLength: 1, maxLength: 4 }),
  except: fc.subarray(["2024-03-10", "2024-04-01", "2024-10-06", "2024-11-04"], { minLength: 0 }),
});

/** The first moment, the given one or a whole minute, of which `holds` is no longer true. */
function walk(now: number, latest: number, holds: (time: number) => boolean): number {
  let time = now;
  while (time < latest && holds(time)) time = Math.floor(time / minute) * minute + minute;
  return Math.min(time, latest);
}

test("a schedule closes when the clock on the wall says so, whatever is done to it", () => {
  fc.assert(
    fc.property(moment, schedule, fc.integer({ min: 1, max: 3 * day }), ({ zone, now }, { windows, except }, ahead) => {
      const written: Schedule = { timezone: zone, windows, ...(except.length > 0 ? { except } : {}) };
      const isOpen = (time: number) => {
        const local = localTime(zone, time)!;
        const shown = clock(local.minute);
        return (
          !except.includes(local.date) &&
          windows.some(({ days, from, until }) => days.includes(local.day) && from <= shown && shown < until)
        );
      };
      expect(scheduleClosesAt(written, now, now + ahead)).toBe(walk(now, now + ahead, isOpen));
    }),
    { numRuns: 2_000 },
  );
});

test("a schedule that never closes is asked for ten years in no time", () => {
  const always: Schedule = {
    timezone: "America/New_York",
    windows: [{ days: [...days], from: "00:00", until: "24:00" }],
  };
  const now = Date.parse("2024-02-15T15:00:00Z");
  expect(scheduleClosesAt(always, now, now + 3650 * day)).toBe(now + 3650 * day);
});

test("a period ends when the clock on the wall shows the next one", () => {
  fc.assert(
    fc.property(moment, fc.constantFrom("hour" as const, "day" as const), ({ zone, now }, period) => {
      const bucket = periodOf(period, zone, now);
      const end = walk(now, now + 2 * day, (time) => periodOf(period, zone, time) === bucket);
      expect(periodEndsAt(period, zone, now)).toBe(end);
    }),
    { numRuns: 1_000 },
  );
});

test.each([
  { zone: "America/New_York", now: "2024-02-15T15:00:00Z", end: "2024-03-01T05:00:00.000Z" },
  { zone: "America/New_York", now: "2024-03-01T05:00:00Z", end: "2024-04-01T04:00:00.000Z" },
  { zone: "Asia/Kolkata", now: "2024-12-31T18:29:59.999Z", end: "2024-12-31T18:30:00.000Z" },
])("the month of $now in $zone ends at $end", ({ zone, now, end }) => {
  expect(new Date(periodEndsAt("month", zone, Date.parse(now))!).toISOString()).toBe(end);
});
