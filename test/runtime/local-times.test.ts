import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planDecoder } from "../../runtime/decode/decode.ts";
import { describeViolation } from "../../runtime/messages/describe.ts";
import { measureOf, withUnit } from "../../runtime/messages/magnitude.ts";
import type { Effect, Envelope, Field } from "../../schema/envelope.ts";
import { parseDatetime } from "../../schema/values/datetime.ts";
import { envelope } from "./hand-made.ts";

const formats: readonly Extract<DatetimeField["format"], string>[] = [
  "YYYY-MM-DD HH:MM",
  "YYYY-MM-DD HH:MM:SS",
  "YYYY-MM-DDTHH:MM",
  "YYYY-MM-DDTHH:MM:SS",
];

type DatetimeField = Extract<Field, { type: "datetime" }>;

function shown(text: string, format: DatetimeField["format"], timezone: string): string {
  const seconds = parseDatetime(text, typeof format === "string" ? [format] : format, timezone);
  const measure = measureOf({ type: "datetime", from: "/at", format, timezone });
  return withUnit(measure, seconds.ok ? seconds.value : undefined);
}

describe("a local time is shown as the call wrote it, with its zone", () => {
  test.each<readonly [text: string, format: DatetimeField["format"], zone: string, want: string]>([
    ["2024-06-15 21:00", "YYYY-MM-DD HH:MM", "America/New_York", "2024-06-15 21:00 America/New_York"],
    ["2024-01-15T21:00:07", "YYYY-MM-DDTHH:MM:SS", "America/New_York", "2024-01-15T21:00:07 America/New_York"],
    ["2024-06-15 21:00", "YYYY-MM-DD HH:MM", "UTC", "2024-06-15 21:00 UTC"],
    ["2024-06-15 21:00", "YYYY-MM-DD HH:MM", "floating", "2024-06-15 21:00"],
    [
      "2024-06-15T21:00:30",
      ["YYYY-MM-DD HH:MM", "YYYY-MM-DDTHH:MM:SS"],
      "Asia/Kathmandu",
      "2024-06-15T21:00:30 Asia/Kathmandu",
    ],
    ["1880-06-15 21:00:00", "YYYY-MM-DD HH:MM:SS", "America/New_York", "1880-06-15 21:00:00 America/New_York"],
  ])("%s as %j in %s", (text, format, zone, want) => {
    expect(shown(text, format, zone)).toBe(want);
  });

  test("in whatever zone and form", () => {
    const zone = fc.constantFrom(
      "America/New_York",
      "Australia/Lord_Howe",
      "Europe/Amsterdam",
      "Africa/Monrovia",
      "floating",
    );
    const time = fc.date({
      min: new Date("1850-01-01T00:00:00Z"),
      max: new Date("2035-01-01T00:00:00Z"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(zone, fc.constantFrom(...formats), time, (timezone, format, at) => {
        const text = at
          .toISOString()
          .slice(0, format.length)
          .replace("T", format[10] ?? "");
        fc.pre(parseDatetime(text, [format], timezone).ok);
        expect(shown(text, format, timezone).slice(0, text.length)).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  test("no number, and one beyond the zone's data, as it stands", () => {
    const { show } = measureOf({
      type: "datetime",
      from: "/at",
      format: "YYYY-MM-DD HH:MM",
      timezone: "Europe/Zurich",
    });
    expect([show("x"), show(undefined), show(0.5), show(1e15)]).toEqual(["`x`", "missing", "0.5", "1000000000000000"]);
  });
});

describe("the messages of bounds on local times", () => {
  const book: Effect = {
    tools: ["book"],
    external: false,
    fields: {
      at: { type: "datetime", from: "/at", format: "YYYY-MM-DD HH:MM", timezone: "America/New_York" },
      back: { type: "datetime", from: "/back", format: "YYYY-MM-DDTHH:MM:SS", timezone: "Europe/Zurich" },
      until: { type: "date", from: "/until" },
      sent: { type: "timestamp", from: "/sent" },
    },
    allow: { at: { oneOf: ["2024-06-01 09:00"] } },
    relations: [{ left: "at", op: "<", right: "back" }],
    perCall: {
      at: { min: "2024-06-01 00:00", max: "2024-06-30 22:00" },
      back: { max: "2024-07-01T00:00:00" },
      until: { max: "2024-12-31" },
      sent: { max: "2024-07-01T00:00:00Z" },
    },
    session: { calls: { max: 3 } },
    velocity: [{ max: 5, seconds: 1 }],
  };
  const agenda: Envelope = { ...envelope, effects: { book } };
  const args = {
    at: "2024-05-31 21:00",
    back: "2024-06-01T03:00:00",
    until: "2025-01-01",
    sent: "2024-08-01T00:00:00Z",
  };
  const decoded = planDecoder(agenda)(JSON.stringify({ tool: "book", args }));
  const request = { effect: "book", fields: decoded.ok ? decoded.call.fields : {} };

  test.each([
    [
      "effects/book/per_call/at",
      "`at` is 2024-05-31 21:00 America/New_York; a call may carry 2024-06-01 00:00 to 2024-06-30 22:00 America/New_York",
    ],
    [
      "effects/book/per_call/back",
      "`back` is 2024-06-01T03:00:00 Europe/Zurich; a call may carry 1970-01-01T01:00:00 to 2024-07-01T00:00:00 Europe/Zurich",
    ],
    ["effects/book/per_call/until", "`until` is 2025-01-01; a call may carry 1970-01-01 to 2024-12-31"],
    [
      "effects/book/per_call/sent",
      "`sent` is 2024-08-01T00:00:00Z; a call may carry 1970-01-01T00:00:00Z to 2024-07-01T00:00:00Z",
    ],
    ["effects/book/allow/at", "`at` is 2024-05-31 21:00 America/New_York; must be one of `2024-06-01 09:00`"],
    [
      "effects/book/relations/0",
      "`at` is 2024-05-31 21:00 America/New_York, `back` is 2024-06-01T03:00:00 Europe/Zurich; must be `at < back`",
    ],
  ])("%s", (id, message) => expect(describeViolation(id, agenda, request)).toBe(message));
});
