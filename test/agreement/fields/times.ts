/** timestamp, date and datetime: points in time around noon of 15 January 2024, far from any change of clocks. */
import fc from "fast-check";
import type { Field } from "../../../schema/envelope.ts";
import { type Form, limits, numberPlan } from "./numbers.ts";
import type { FieldPlan } from "./plan.ts";

const iso = (ms: number) => new Date(ms).toISOString();
const inYears = (ms: number) => ms >= 0 && ms < 4e12;

const noon = Date.UTC(2024, 0, 15, 12);

const timeLimits = limits.map(({ most, ...others }) => ({ ...others, most: Math.min(most, 20) }));

export const timestampPlan: fc.Arbitrary<FieldPlan> = fc
  .record({ limits: timeLimits, step: fc.constantFrom(1, 1000, 60_000) })
  .map(({ limits, step }) => {
    const form: Form = { sent: iso, write: iso, valid: inYears, step, origin: noon };
    const declare = (name: string) => ({ "": { type: "timestamp", from: `/${name}` } as Field });
    return numberPlan(limits, form, { declare, key: { family: "timestamp" } });
  });

export const datePlan: fc.Arbitrary<FieldPlan> = timeLimits.map((limits) => {
  const write = (day: number) => iso(day * 86_400_000).slice(0, 10);
  const form: Form = {
    sent: write,
    write,
    valid: (day) => inYears(day * 86_400_000),
    step: 1,
    origin: noon / 86_400_000 - 0.5,
  };
  return numberPlan(limits, form, {
    declare: (name) => ({ "": { type: "date", from: `/${name}`, format: "YYYY-MM-DD" } as Field }),
    key: { family: "date" },
  });
});

/** Hours that the zone is behind UTC in January. */
export const behind = { floating: 0, UTC: 0, "America/New_York": 5, "Europe/Berlin": -1 } as const;

export const datetimeForms = fc.record({
  timezone: fc.constantFrom<(keyof typeof behind)[]>("floating", "UTC", "America/New_York", "Europe/Berlin"),
  format: fc.constantFrom("YYYY-MM-DD HH:MM", "YYYY-MM-DD HH:MM:SS", "YYYY-MM-DDTHH:MM", "YYYY-MM-DDTHH:MM:SS"),
});

/** Seconds since 1970 as local time in January. */
export function localText(second: number, timezone: keyof typeof behind, format: string): string {
  const local = iso((second - behind[timezone] * 3600) * 1000).slice(0, format.length);
  return format.includes("T") ? local : local.replace("T", " ");
}

export const datetimePlan: fc.Arbitrary<FieldPlan> = fc
  .record({ limits: timeLimits, forms: datetimeForms, manyForms: fc.boolean() })
  .map(({ limits, forms: { timezone, format }, manyForms }) => {
    const step = format.endsWith("SS") ? 1 : 60;
    const write = (second: number) => localText(second, timezone, format);
    const january = (second: number) => Math.abs(second * 1000 - noon) < 5 * 86_400_000 && second % step === 0;
    const form: Form = { sent: write, write, valid: january, step, origin: noon / 1000 };
    return numberPlan(limits, form, {
      declare: (name) => ({
        "": { type: "datetime", from: `/${name}`, format: manyForms ? [format] : format, timezone } as Field,
      }),
      key: { family: `datetime ${timezone} ${format}` },
    });
  });
