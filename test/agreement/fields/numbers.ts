/** integer, decimal and length: limits in canonical numbers, written in each type's own form. */
import fc from "fast-check";
import type { Allow, Field, PerCall } from "../../../schema/envelope.ts";
import { canSum, decodedOf, type Folding, folding, plain, pointerOf, spread } from "./folding.ts";
import { type FieldPlan, type Key, single } from "./plan.ts";

const largest = Number.MAX_SAFE_INTEGER;

/** Least and most in canonical numbers; `least` undefined where the bound does not write it. */
export interface Limits {
  readonly least: number | undefined;
  readonly most: number;
  readonly listed: boolean;
  readonly capped: boolean;
}

export const limits: fc.Arbitrary<Limits> = fc
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
export interface Form {
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
  fold: Folding = plain,
): FieldPlan {
  const { aggregate } = fold;
  const at = (value: number) => (value === largest ? largest : form.origin + value * form.step);
  const low = least === undefined ? 0 : at(least);
  const high = at(most);
  const other = form.valid(low) ? low : high;
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
    single(spread(value, other, form.sent, fold), decodedOf(value, other, fold), form.write(value), value);
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

const unit = fc.constantFrom(undefined, "USD", "contract");
const given = <T extends object>(members: T) =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };

/** `count` gives a plain number, without unit or scale, whatever the elements are. */
function countable(limit: Limits, declare: FieldPlan["declare"], fold: Folding, element: unknown): FieldPlan {
  const form: Form = { sent: () => element, write: (n) => n, valid: (n) => n >= 0 && n <= 20, step: 1, origin: 0 };
  return numberPlan(
    { ...limit, most: Math.min(limit.most, 12) },
    form,
    { declare, key: { sums: {}, family: "count" } },
    fold,
  );
}

export const integerPlan: fc.Arbitrary<FieldPlan> = fc
  .record({ limits, fold: folding, unit, allowString: fc.constantFrom(undefined, true) })
  .map(({ limits, fold, unit, allowString }) => {
    const unitHere = fold.aggregate === "count" ? undefined : unit;
    const declare = (name: string) => ({
      "": {
        type: "integer",
        from: pointerOf(name, fold),
        ...given({ aggregate: fold.aggregate, unit: unitHere, allowString }),
      } as Field,
    });
    if (fold.aggregate === "count") return countable(limits, declare, fold, 1);
    const form: Form = {
      sent: (n) => (allowString ? String(n) : n),
      write: (n) => n,
      valid: () => true,
      step: 1,
      origin: 0,
    };
    const key = { family: `integer ${unit}`, ...(canSum(fold) ? { sums: given({ unit }) } : {}) };
    return numberPlan(limits, form, { declare, key }, fold);
  });

/** Minor units as decimal text. */
export function decimalText(minor: number, scale: number): string {
  const digits = String(Math.abs(minor)).padStart(scale + 1, "0");
  const whole = digits.slice(0, digits.length - scale);
  return `${minor < 0 ? "-" : ""}${whole}${scale === 0 ? "" : `.${digits.slice(digits.length - scale)}`}`;
}

/** The same decimal without zeros at the end. */
function shortest(decimal: string): string {
  return decimal.includes(".") ? decimal.replace(/\.?0+$/, "") : decimal;
}

export const decimalPlan: fc.Arbitrary<FieldPlan> = fc
  .record({
    limits,
    fold: folding,
    unit,
    scale: fc.constantFrom(2, 0, 3, 8),
    asNumber: fc.boolean(),
    short: fc.boolean(),
  })
  .map(({ limits, fold, unit, scale, asNumber, short }) => {
    const unitHere = fold.aggregate === "count" ? undefined : unit;
    const declare = (name: string) => ({
      "": {
        type: "decimal",
        from: pointerOf(name, fold),
        scale,
        ...given({ aggregate: fold.aggregate, unit: unitHere }),
      } as Field,
    });
    if (fold.aggregate === "count") return countable(limits, declare, fold, 1);
    const write = (minor: number) => (short ? shortest(decimalText(minor, scale)) : decimalText(minor, scale));
    const plainNumber = (minor: number) => asNumber && scale <= 3 && Math.abs(minor) < 1e9 && minor !== 0;
    const sent = (minor: number) => (plainNumber(minor) ? Number(write(minor)) : write(minor));
    const form: Form = { sent, write, valid: () => true, step: 1, origin: 0 };
    const key = { family: `decimal ${scale} ${unit}`, ...(canSum(fold) ? { sums: given({ unit, scale }) } : {}) };
    return numberPlan(limits, form, { declare, key }, fold);
  });

export const lengthPlan: fc.Arbitrary<FieldPlan> = fc
  .record({ limits, unit: fc.constantFrom(undefined, "character"), fold: folding })
  .map(({ limits, unit, fold }) => {
    const unitHere = fold.aggregate === "count" ? undefined : unit;
    const declare = (name: string) => ({
      "": {
        type: "length",
        from: pointerOf(name, fold),
        ...given({ unit: unitHere, aggregate: fold.aggregate }),
      } as Field,
    });
    const small = { ...limits, most: Math.min(limits.most, 12) };
    if (fold.aggregate === "count") return countable(limits, declare, fold, "x");
    const key = { family: `length ${unit}`, ...(canSum(fold) ? { sums: given({ unit }) } : {}) };
    return numberPlan(small, lengthForm, { declare, key }, fold);
  });

const lengthForm: Form = {
  sent: (n) => "😀é".repeat(Math.ceil(n / 2)).slice(0, 3 * Math.floor(n / 2) + (n % 2 === 0 ? 0 : 2)),
  write: (n) => n,
  valid: (n) => n >= 0 && n < 100,
  step: 1,
  origin: 0,
};
