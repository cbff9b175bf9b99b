import { runTable } from "../run.ts";

const over = "deny effects/act/per_call/t";
const failed = "deny decode/t";
const at = (t: unknown) => ({ args: { t } });

runTable("timestamp: to the millisecond", {
  effect: {
    fields: { t: { type: "timestamp", from: "/t" } },
    perCall: { t: { min: "2024-02-15T01:00:00+01:00", max: "2024-02-15T19:00:00-05:00" } },
  },
  cases: [
    { given: "at the earliest", ...at("2024-02-15T00:00:00Z"), want: "allow" },
    { given: "a millisecond before", ...at("2024-02-14T23:59:59.999Z"), want: over },
    { given: "at the latest", ...at("2024-02-16T00:00:00Z"), want: "allow" },
    { given: "at the latest in another zone", ...at("2024-02-16T01:00:00+01:00"), want: "allow" },
    { given: "a millisecond after", ...at("2024-02-16T00:00:00.001Z"), want: over },
    { given: "no offset", ...at("2024-02-15T12:00:00"), want: failed },
    { given: "a blank for the T", ...at("2024-02-15 12:00:00Z"), want: failed },
    { given: "a day that does not exist", ...at("2024-02-30T12:00:00Z"), want: failed },
    { given: "a leap second", ...at("2024-02-15T12:00:60Z"), want: failed },
    { given: "epoch milliseconds", ...at(1_708_000_000_000), want: failed },
    { given: "missing", args: {}, want: failed },
  ],
});

runTable("date: in days", {
  effect: { fields: { t: { type: "date", from: "/t", format: "YYYY-MM-DD" } }, perCall: { t: { max: "2024-02-29" } } },
  cases: [
    { given: "at the latest", ...at("2024-02-29"), want: "allow" },
    { given: "a day after", ...at("2024-03-01"), want: over },
    { given: "the first day", ...at("1970-01-01"), want: "allow" },
    { given: "the day before it", ...at("1969-12-31"), want: over },
    { given: "a day that does not exist", ...at("2023-02-29"), want: failed },
    { given: "another form", ...at("29/02/2024"), want: failed },
    { given: "digits left out", ...at("2024-2-9"), want: failed },
    { given: "a time behind it", ...at("2024-02-29T00:00:00Z"), want: failed },
    { given: "a number", ...at(20240229), want: failed },
  ],
});

runTable("date: one of a list", {
  effect: { fields: { t: { type: "date", from: "/t" } }, allow: { t: { oneOf: ["2024-02-29"] } } },
  cases: [
    { given: "listed", ...at("2024-02-29"), want: "allow" },
    { given: "not listed", ...at("2024-02-28"), want: "deny effects/act/allow/t" },
  ],
});

runTable("datetime: local time in a zone", {
  effect: {
    fields: {
      t: {
        type: "datetime",
        from: "/t",
        format: ["YYYY-MM-DD HH:MM", "YYYY-MM-DDTHH:MM:SS"],
        timezone: "America/New_York",
      },
    },
    perCall: { t: { min: "2024-03-09 12:00", max: "2024-11-04T12:00:00" } },
  },
  cases: [
    { given: "at the earliest", ...at("2024-03-09 12:00"), want: "allow" },
    { given: "a minute before", ...at("2024-03-09 11:59"), want: over },
    { given: "at the latest", ...at("2024-11-04 12:00"), want: "allow" },
    { given: "a second after", ...at("2024-11-04T12:00:01"), want: over },
    { given: "an hour that the clocks skip", ...at("2024-03-10 02:30"), want: failed },
    { given: "an hour that the clocks repeat", ...at("2024-11-03 01:30"), want: failed },
    { given: "the hour after", ...at("2024-11-03 02:00"), want: "allow" },
    { given: "a form that is not named", ...at("2024-03-10T12:00"), want: failed },
    { given: "an offset", ...at("2024-03-10T12:00:00Z"), want: failed },
    { given: "24:00", ...at("2024-03-10 24:00"), want: failed },
  ],
});

runTable("datetime: floating", {
  effect: {
    fields: { t: { type: "datetime", from: "/t", format: "YYYY-MM-DD HH:MM:SS", timezone: "floating" } },
    perCall: { t: { max: "2024-03-10 02:30:00" } },
  },
  cases: [
    { given: "at the latest, an hour that some clocks skip", ...at("2024-03-10 02:30:00"), want: "allow" },
    { given: "a second after", ...at("2024-03-10 02:30:01"), want: over },
  ],
});

const stay = (from: unknown, until: unknown) => ({ args: { from, until } });

runTable("span: the seconds between", {
  effect: {
    fields: {
      t: { type: "span", from: "/from", until: "/until", format: "YYYY-MM-DD HH:MM", timezone: "Europe/Berlin" },
    },
    perCall: { t: { max: 90_000 } },
  },
  cases: [
    { given: "25 hours", ...stay("2024-02-15 12:00", "2024-02-16 13:00"), want: "allow" },
    { given: "a minute more", ...stay("2024-02-15 12:00", "2024-02-16 13:01"), want: over },
    { given: "25 hours by the clock, 24 in truth", ...stay("2024-03-30 12:00", "2024-03-31 13:00"), want: "allow" },
    { given: "24 hours by the clock, 25 in truth", ...stay("2024-10-26 12:00", "2024-10-27 12:00"), want: "allow" },
    { given: "25 hours by the clock, 26 in truth", ...stay("2024-10-26 12:00", "2024-10-27 13:00"), want: over },
    { given: "none", ...stay("2024-02-15 12:00", "2024-02-15 12:00"), want: "allow" },
    { given: "backwards", ...stay("2024-02-15 12:00", "2024-02-15 11:59"), want: "deny decode/until" },
    { given: "no end", args: { from: "2024-02-15 12:00" }, want: "deny decode/until" },
    { given: "neither", args: {}, want: "deny decode/from decode/until" },
    { given: "a negative span in place of the decoded value", fields: { t: -1 }, want: over },
  ],
});
