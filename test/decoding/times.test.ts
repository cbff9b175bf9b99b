import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dateOf, daysOf } from "../../schema/time/calendar.ts";
import { isZone, localTime, toEpoch } from "../../schema/time/zones.ts";
import { parseDate } from "../../schema/values/date.ts";
import { parseDatetime } from "../../schema/values/datetime.ts";
import { parseTimestamp } from "../../schema/values/timestamp.ts";
import { call, outcome } from "./calls.ts";

function read(parsed: ReturnType<typeof parseDate>): number | "refused" {
  return parsed.ok ? parsed.value : "refused";
}

describe("timestamp", () => {
  test.each([
    "",
    "2024-02-15",
    "2024-02-15T14:30:00",
    "2024-02-15 14:30:00Z",
    "2024-02-15T14:30Z",
    "2024-02-15T14:30:60Z",
    "2016-12-31T23:59:60Z",
    "2024-02-15T24:00:00Z",
    "2024-02-30T00:00:00Z",
    "2023-02-29T00:00:00Z",
    "2024-13-01T00:00:00Z",
    "2024-00-01T00:00:00Z",
    "2024-02-15T14:30:00-00:00",
    "2024-02-15T14:30:00+24:00",
    "2024-02-15T14:30:00+0530",
    "2024-02-15T14:30:00.0001Z",
    "2024-02-15T14:30:00.Z",
    "2024-02-15T14:30:00,5Z",
    "+002024-02-15T14:30:00Z",
    "２024-02-15T14:30:00Z",
    "2024-02-15T14:30:00Z\n",
  ])("refuses %j", (given) => expect(read(parseTimestamp(given))).toBe("refused"));

  test.each([
    "2024-02-15T14:30:00Z",
    "2024-02-15T14:30:00.5Z",
    "2024-02-15T14:30:00.123000Z",
    "2024-02-29T23:59:59+05:45",
    "1969-12-31T23:59:59-12:00",
    "0001-01-01T00:00:00Z",
  ])("reads %s as the platform does", (given) => expect(read(parseTimestamp(given))).toBe(Date.parse(given)));
});

describe("date", () => {
  test.each([
    "",
    "2024-2-15",
    "2024-02-30",
    "2023-02-29",
    "1900-02-29",
    "2024/02/15",
    "15-02-2024",
    "2024-02-15T00:00",
    " 2024-02-15",
    "-0001-01-01",
  ])("refuses %j", (given) => expect(read(parseDate(given))).toBe("refused"));
  test.each([
    { given: "1970-01-01", want: 0 },
    { given: "1969-12-31", want: -1 },
    { given: "2000-02-29", want: 11016 },
    { given: "0000-03-01", want: -719468 },
  ])("reads $given as day $want", ({ given, want }) => expect(read(parseDate(given))).toBe(want));

  test("days and dates are one and the same", () => {
    fc.assert(fc.property(fc.integer({ min: -800_000, max: 3_000_000 }), (days) => daysOf(dateOf(days)) === days));
  });
});

describe("datetime", () => {
  const format = ["YYYY-MM-DD HH:MM"];
  test.each([
    { name: "skipped in spring", given: "2024-03-10 02:30" },
    { name: "the first skipped minute", given: "2024-03-10 02:00" },
    { name: "shown twice in autumn", given: "2024-11-03 01:30" },
    { name: "the first doubled minute", given: "2024-11-03 01:00" },
    { name: "no clock shows", given: "2024-03-10 24:00" },
    { name: "of another form", given: "2024-03-10T04:00" },
    { name: "with seconds", given: "2024-03-10 04:00:00" },
    { name: "with an offset", given: "2024-03-10 04:00Z" },
    { name: "past the end of the zone data", given: "2500-07-01 12:00" },
  ])("refuses a time $name", ({ given }) =>
    expect(read(parseDatetime(given, format, "America/New_York"))).toBe("refused"),
  );

  test.each([
    { given: "2024-03-10 01:59", want: "2024-03-10T06:59:00Z" },
    { given: "2024-03-10 03:00", want: "2024-03-10T07:00:00Z" },
    { given: "2024-11-03 00:59", want: "2024-11-03T04:59:00Z" },
    { given: "2024-11-03 02:00", want: "2024-11-03T07:00:00Z" },
  ])("reads $given in New York as $want", ({ given, want }) => {
    expect(read(parseDatetime(given, format, "America/New_York"))).toBe(Date.parse(want) / 1000);
  });

  test("floating is read as if it were UTC; doubled and skipped hours do not exist there", () => {
    expect(read(parseDatetime("2024-03-10 02:30", format, "floating"))).toBe(Date.parse("2024-03-10T02:30:00Z") / 1000);
  });

  test("one of several forms, and no other", () => {
    const forms = ["YYYY-MM-DDTHH:MM", "YYYY-MM-DD HH:MM:SS"];
    const given = ["2024-01-01T00:00", "2024-01-01 00:00:01", "2024-01-01 00:00", "2024-01-01T00:00:01"];
    expect(given.map((text) => parseDatetime(text, forms, "UTC").ok)).toEqual([true, true, false, false]);
  });

  test("an unknown zone refuses everything", () => {
    expect(read(parseDatetime("2024-01-01 00:00", format, "Mars/Base"))).toBe("refused");
    expect(read(parseDatetime("2024-01-01 00:00", format, "constructor"))).toBe("refused");
  });
});

describe("span", () => {
  const fields = {
    stay: { type: "span", from: "/a", until: "/b", format: "YYYY-MM-DD HH:MM", timezone: "America/New_York" },
  } as const;
  test.each([
    { name: "negative", args: { a: "2024-01-02 00:00", b: "2024-01-01 00:00" }, want: ["decode/b"] },
    { name: "without its end", args: { a: "2024-01-02 00:00" }, want: ["decode/b"] },
    { name: "without either", args: {}, want: ["decode/a", "decode/b"] },
    { name: "with a bad start and a null end", args: { a: "now", b: null }, want: ["decode/a", "decode/b"] },
    { name: "empty", args: { a: "2024-01-01 00:00", b: "2024-01-01 00:00" }, want: { stay: 0 } },
    {
      name: "over the missing hour of spring",
      args: { a: "2024-03-10 01:00", b: "2024-03-10 04:00" },
      want: { stay: 7200 },
    },
  ])("$name", ({ args, want }) => expect(outcome(call({ fields }, args))).toEqual(want));
});

describe("zones", () => {
  test("are named exactly as in the IANA database, links included", () => {
    expect(["UTC", "America/New_York", "US/Eastern", "Asia/Kolkata"].every(isZone)).toBe(true);
    expect(["america/new_york", "EDT", "", "Etc", "US", "__proto__", "floating"].some(isZone)).toBe(false);
  });

  test("nonexistent, ambiguous, skipped days, and what no clock shows", () => {
    expect(toEpoch("America/New_York", 2024, 3, 10, 2, 30, 0)).toBe("nonexistent");
    expect(toEpoch("America/New_York", 2024, 11, 3, 1, 30, 0)).toBe("ambiguous");
    expect(toEpoch("Pacific/Apia", 2011, 12, 30, 12, 0, 0)).toBe("nonexistent");
    expect(toEpoch("UTC", 2024, 2, 30, 0, 0, 0)).toBeUndefined();
    expect(toEpoch("UTC", 2024, 1, 1, 24, 0, 0)).toBeUndefined();
    expect(toEpoch("America/New_York", 2600, 1, 1, 0, 0, 0)).toBeUndefined();
    expect(localTime("UTC", Number.NaN)).toBeUndefined();
    expect(localTime("Mars/Base", 0)).toBeUndefined();
  });

  const zones = [
    "UTC",
    "America/New_York",
    "Europe/Zurich",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "America/Sao_Paulo",
  ];
  const instant = fc.integer({ min: 0, max: Date.UTC(2026, 0, 1) });
  test("local times agree with the platform's", () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), instant, (zone, at) => {
        const parts = new Intl.DateTimeFormat("en-CA", {
          timeZone: zone,
          weekday: "short",
          year: "numeric",
          month: "2-digit",
          day: "2-digit",
          hour: "2-digit",
          minute: "2-digit",
          hourCycle: "h23",
        }).formatToParts(at);
        const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? "";
        expect(localTime(zone, at)).toEqual({
          day: part("weekday").slice(0, 3).toLowerCase(),
          minute: Number(part("hour")) * 60 + Number(part("minute")),
          date: `${part("year")}-${part("month")}-${part("day")}`,
        });
      }),
      { numRuns: 300 },
    );
  });

  test("an instant comes back from its local time, or the time is ambiguous", () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), instant, (zone, at) => {
        const local = localTime(zone, at);
        const [year = 0, month = 0, day = 0] = (local?.date ?? "").split("-").map(Number);
        const minute = local?.minute ?? 0;
        const back = toEpoch(zone, year, month, day, Math.floor(minute / 60), minute % 60, Math.floor(at / 1000) % 60);
        if (back !== "ambiguous") expect(back).toBe(Math.floor(at / 1000) * 1000);
      }),
      { numRuns: 300 },
    );
  });
});
