/** integer, decimal, length, timestamp, date and datetime: limits in canonical numbers, written in each type's own form. */
import fc from "fast-check";
import type { Aggregate, Allow, Field, PerCall } from "../../../schema/envelope.ts";
import type { FieldValue } from "../../../schema/request.ts";
import { type FieldPlan, type Key, single } from "./plan.ts";

const largest = Number.MAX_SAFE_INTEGER;

/** Least and most in canonical numbers; `least` undefined where the bound does not write it. */
export interface Limits {
  readonly least: number | undefined;
  readonly most: number;
  readonly listed: boolean;
  readonly capped: boolean;
}

const limits: fc.Arbitrary<Limits> = fc
  .record({
    least: fc.option(fc.integer({ min: -3, max: 6 }), { nil: undefined }),
    room: fc.oneof({ arbitrary: fc.nat({ max: 8 }), weight: 8 }, { arbitrary: fc.constant(largest), weight: 1 }),
    by: fc.constantFrom("cap", "cap", "list", "both"),
  })
  .map(({ least, room, by }) => ({
    least,
    most: room === largest ? largest : Math.max(least ?? 0, 0) + room,
    listed: by !== "cap",
    capped: by !== "list",
  }));

/** How one type carries a canonical number. */
interface Form {
  readonly sent: (value: number) => unknown;
  readonly write: (value: number) => string | number;
  readonly valid: (value: number) => boolean;
  readonly step: number;
  /** What 0 of the limits stands for. */
  readonly origin: number;
}

/** Splits a plan's values into those that keep the bounds and those that break them, and writes the bounds. */
export function numberPlan(
  { least, most, listed, capped }: Limits,
  form: Form,
  around: { readonly declare: FieldPlan["declare"]; readonly key: Omit<Key, "suffix" | "write" | "look"> },
  aggregate?: Aggregate,
): FieldPlan {
  const at = (value: number) => (value === largest ? largest : form.origin + value * form.step);
  const low = least === undefined ? 0 : at(least);
  const high = at(most);
  const middle = high === largest ? low + 7 * form.step : low + Math.floor((high - low) / form.step / 2) * form.step;
  const candidates = [
    high,
    low,
    middle,
    high - form.step,
    high + form.step,
    low - form.step,
    0,
    -1,
    high - 1,
    high + 1,
  ];
  const valid = [...new Set(candidates)].filter((value) => Number.isSafeInteger(value) && form.valid(value));
  const list = [...new Set([high, low])].filter((value) => valid.includes(value));
  const useList = listed && aggregate !== "each" && list.length > 0;
  const useCap = capped || !useList;
  const keeps = (value: number) => (!useCap || (low <= value && value <= high)) && (!useList || list.includes(value));
  const sample = (value: number) =>
    single(spread(value, form.sent, aggregate), wrap(value, aggregate), form.write(value), value);
  const perCall: PerCall =
    least === undefined ? { max: form.write(high) } : { min: form.write(low), max: form.write(high) };
  const allow: Allow = { oneOf: list.map(form.write) };
  const inside = valid.filter(keeps);
  return {
    declare: around.declare,
    perCall: useCap ? { "": perCall } : {},
    allow: useList ? { "": allow } : {},
    possible: inside.length > 0,
    inside: (inside.length > 0 ? inside : valid).map(sample),
    outside: valid.filter((value) => !keeps(value)).map(sample),
    keys: [{ suffix: "", look: aggregate === "each" ? "range" : "number", write: form.write, ...around.key }],
    rowsSuffice: false,
  };
}

function wrap(value: number, aggregate: Aggregate | undefined): FieldValue {
  return aggregate === "each" ? { min: value, max: value } : value;
}

/** An argument, or an array of elements that come to the value. */
function spread(value: number, sent: (value: number) => unknown, aggregate: Aggregate | undefined): unknown {
  const elements = (values: readonly number[]) => values.map((each) => ({ v: sent(each) }));
  switch (aggregate) {
    case undefined:
      return sent(value);
    case "sum":
      return value > 1 && value < largest ? elements([value - 1, 1]) : elements([value]);
    case "max":
    case "min":
    case "each":
      return elements([value, value]);
    case "count":
      return Array.from({ length: value }, () => ({ v: sent(1) }));
  }
}

const aggregates = fc.constantFrom<(Aggregate | undefined)[]>(
  undefined,
  undefined,
  undefined,
  "sum",
  "max",
  "min",
  "count",
  "each",
);
const unit = fc.constantFrom(undefined, "USD", "contract");
const from = (name: string, aggregate: Aggregate | undefined) =>
  aggregate === undefined ? `/${name}` : `/${name}/*/v`;
const given = <T extends object>(members: T) =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };

const canSum = (aggregate: Aggregate | undefined) => aggregate !== "each" && aggregate !== "min";

/** `count` gives a plain number, without unit or scale. */
function countable(limit: Limits, declare: FieldPlan["declare"]): FieldPlan {
  const form: Form = { sent: (n) => n, write: (n) => n, valid: (n) => n >= 0 && n <= 20, step: 1, origin: 0 };
  return numberPlan(
    { ...limit, most: Math.min(limit.most, 12) },
    form,
    { declare, key: { sums: {}, family: "count" } },
    "count",
  );
}

export const integerPlan: fc.Arbitrary<FieldPlan> = fc
  .record({ limits, aggregate: aggregates, unit, allowString: fc.constantFrom(undefined, true) })
  .map(({ limits, aggregate, unit, allowString }) => {
    const unitHere = aggregate === "count" ? undefined : unit;
    const declare = (name: string) => ({
      "": {
        type: "integer",
        from: from(name, aggregate),
        ...given({ aggregate, unit: unitHere, allowString }),
      } as Field,
    });
    if (aggregate === "count") return countable(limits, declare);
    const form: Form = {
      sent: (n) => (allowString ? String(n) : n),
      write: (n) => n,
      valid: () => true,
      step: 1,
      origin: 0,
    };
    const key = { family: `integer ${unit}`, ...(canSum(aggregate) ? { sums: given({ unit }) } : {}) };
    return numberPlan(limits, form, { declare, key }, aggregate);
  });

/** Minor units as decimal text. */
export function decimalText(minor: number, scale: number): string {
  const digits = String(Math.abs(minor)).padStart(scale + 1, "0");
  const whole = digits.slice(0, digits.length - scale);
  return `${minor < 0 ? "-" : ""}${whole}${scale === 0 ? "" : `.${digits.slice(digits.length - scale)}`}`;
}

export const decimalPlan: fc.Arbitrary<FieldPlan> = fc
  .record({ limits, aggregate: aggregates, unit, scale: fc.constantFrom(2, 0, 3, 8), asNumber: fc.boolean() })
  .map(({ limits, aggregate, unit, scale, asNumber }) => {
    const unitHere = aggregate === "count" ? undefined : unit;
    const declare = (name: string) => ({
      "": { type: "decimal", from: from(name, aggregate), scale, ...given({ aggregate, unit: unitHere }) } as Field,
    });
    if (aggregate === "count") return countable(limits, declare);
    const write = (minor: number) => decimalText(minor, scale);
    const plainNumber = (minor: number) => asNumber && scale <= 3 && Math.abs(minor) < 1e9 && minor !== 0;
    const sent = (minor: number) => (plainNumber(minor) ? Number(write(minor)) : write(minor));
    const form: Form = { sent, write, valid: () => true, step: 1, origin: 0 };
    const key = { family: `decimal ${scale} ${unit}`, ...(canSum(aggregate) ? { sums: given({ unit, scale }) } : {}) };
    return numberPlan(limits, form, { declare, key }, aggregate);
  });

export const lengthPlan: fc.Arbitrary<FieldPlan> = fc
  .record({ limits, unit: fc.constantFrom(undefined, "character"), aggregate: aggregates })
  .map(({ limits, unit, aggregate }) => {
    const unitHere = aggregate === "count" ? undefined : unit;
    const declare = (name: string) => ({
      "": { type: "length", from: from(name, aggregate), ...given({ unit: unitHere, aggregate }) } as Field,
    });
    const small = { ...limits, most: Math.min(limits.most, 12) };
    if (aggregate === "count")
      return numberPlan(
        small,
        { ...lengthForm, sent: () => "x", valid: (n) => n >= 0 && n < 20 },
        { declare, key: { sums: {} } },
        "count",
      );
    const key = { family: `length ${unit}`, ...(canSum(aggregate) ? { sums: given({ unit }) } : {}) };
    return numberPlan(small, lengthForm, { declare, key }, aggregate);
  });

const lengthForm: Form = {
  sent: (n) => "😀é".repeat(Math.ceil(n / 2)).slice(0, 3 * Math.floor(n / 2) + (n % 2 === 0 ? 0 : 2)),
  write: (n) => n,
  valid: (n) => n >= 0 && n < 100,
  step: 1,
  origin: 0,
};

const iso = (ms: number) => new Date(ms).toISOString();
const inYears = (ms: number) => ms >= 0 && ms < 4e12;

/** After 2024-01-15T12:00:00Z: far from any change of clocks in the zones used. */
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
