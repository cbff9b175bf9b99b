/** What is left for each value of a field that limits are kept apart by (SPEC §2). */
import type { Effect, Envelope } from "../../../schema/envelope.ts";
import { canonicalJson } from "../../../schema/json/canonical.ts";
import type { Value } from "../../../schema/reference/operand.ts";
import type { SessionState } from "../../ledger/state.ts";
import type { NumberField } from "./amounts.ts";
import { callsWithin, fieldApart, type Room } from "./limits.ts";
import { valuesOf } from "./values.ts";

export interface ValueRoom {
  /** Calls with this value; within those of the effect. */
  readonly calls: number;
  /** The most that one of them may carry, by field: of those that are kept apart. */
  readonly amounts: Readonly<Record<string, number>>;
}

export interface Apart {
  readonly field: string;
  readonly bounds: readonly string[];
  /** Those that the envelope lists; where it lists none, those that were charged before. */
  readonly values: readonly (ValueRoom & { readonly value: Value })[];
  /** Every other value; null where the envelope admits no other. */
  readonly others: ValueRoom | null;
}

/** @param calls of the effect, whatever the value */
export function apartOf(
  envelope: Envelope,
  effect: Effect,
  rooms: readonly Room[],
  numbers: readonly NumberField[],
  calls: number,
  state: SessionState,
): readonly Apart[] {
  const fields = new Set(rooms.flatMap(({ meter }) => fieldApart(meter) ?? []));
  return [...fields].map((field) => {
    const own = rooms.filter(({ meter }) => fieldApart(meter) === field);
    const bounds = own.map(({ meter }) => meter.id);
    const listed = valuesOf(envelope, effect, field, state);
    const values = listed ?? chargedValues(bounds, state);
    return {
      field,
      bounds,
      values: values.map((value) => ({ value, ...roomIn(own, numbers, calls, canonicalJson(value)) })),
      others: listed === undefined ? roomIn(own, numbers, calls, nothingYet) : null,
    };
  });
}

/** Whether there is a value with which a call fits in. */
export function hasRoom({ values, others }: Apart): boolean {
  return values.some(({ calls }) => calls > 0) || (others?.calls ?? 0) > 0;
}

/** No value reads like this. */
const nothingYet = "";

function roomIn(own: readonly Room[], numbers: readonly NumberField[], calls: number, bucket: string): ValueRoom {
  const least = new Map(numbers.map((field) => [field.key, field.least]));
  const amounts: Record<string, number> = Object.create(null);
  let fitting = Math.min(calls, ...own.map(({ meter, left }) => callsWithin(meter, left(bucket), least) ?? calls));
  for (const { meter, left } of own) {
    const key = "field" in meter.cost ? meter.cost.field : undefined;
    const amount = numbers.find((field) => field.key === key)?.amount;
    if (key === undefined || amount === undefined) continue;
    const most = Math.min(amount.max, left(bucket));
    const max = amount.values === undefined ? most : amount.values.findLast((value) => value <= most);
    if (max === undefined || max < amount.min) fitting = 0;
    else amounts[key] = max;
  }
  return fitting > 0 ? { calls: fitting, amounts } : { calls: 0, amounts: {} };
}

/** In the order in which they were first charged. */
function chargedValues(bounds: readonly string[], { sums }: SessionState): readonly Value[] {
  const buckets = new Set<string>();
  for (const { bound, bucket, sum } of sums.entries()) if (sum > 0 && bounds.includes(bound)) buckets.add(bucket);
  return [...buckets].map((bucket): Value => JSON.parse(bucket));
}
