/** The limits that a call is summed up in, what it adds to each of them, and in which bucket (SPEC §2, §3). */
import type { Effect, Period, SessionLimit } from "../../../schema/envelope.ts";
import { bare } from "../../../schema/json/bare.ts";
import { canonicalJson } from "../../../schema/json/canonical.ts";
import type { Charge, Charges } from "../../../schema/ledger.ts";
import type { Cost } from "../../../schema/normalised.ts";
import type { FieldValues } from "../../../schema/request.ts";
import { own } from "../../own.ts";
import { periodOf } from "./period.ts";

export interface Meter {
  /** The id of the bound. */
  readonly id: string;
  readonly cost: Cost;
  /** Undefined where one sum is kept for the whole session. */
  readonly apart?: { readonly field: string } | { readonly period: Period; readonly zone: string };
}

const one: Cost = { constant: 1 };

/** In the order in which the envelope writes them. */
export function metersOf(name: string, effect: Effect): readonly Meter[] {
  const session = Object.entries(effect.session).map(([key, limit]) => ({
    id: `effects/${name}/session/${key}`,
    cost: key === "calls" ? one : { field: key },
    ...keptApart(limit),
  }));
  const fed = Object.entries(effect.consumes ?? {}).map(([meter, source]) => ({
    id: `budgets/${meter}`,
    cost: typeof source === "string" ? { field: source } : { constant: source },
  }));
  const external = effect.external ? [{ id: "budgets/externalCalls", cost: one }] : [];
  return [...session, { id: "budgets/actions", cost: one }, ...external, ...fed];
}

/** `""` for the whole session; undefined where the call does not say, or the calendar does not reach: then nothing fits. */
export function bucketOf({ apart }: Meter, fields: FieldValues, now: number): string | undefined {
  if (apart === undefined) return "";
  if ("period" in apart) return periodOf(apart.period, apart.zone, now);
  const value = own(fields, apart.field);
  if (typeof value !== "object") return value === undefined ? undefined : canonicalJson(value);
  return "value" in value ? canonicalJson(value.value) : undefined;
}

/** What an allow reserves; undefined where a cost or a bucket cannot be told: such a call is never allowed. */
export function chargesOf(meters: readonly Meter[], fields: FieldValues, now: number): Charges | undefined {
  const charges = bare<Charge>();
  for (const meter of meters) {
    const amount = costOf(meter, fields);
    const bucket = bucketOf(meter, fields, now);
    if (amount === undefined || bucket === undefined) return undefined;
    charges[meter.id] = meter.apart === undefined ? { amount } : { amount, bucket };
  }
  return charges;
}

function costOf({ cost }: Meter, fields: FieldValues): number | undefined {
  const amount = "constant" in cost ? cost.constant : own(fields, cost.field);
  return typeof amount === "number" && Number.isSafeInteger(amount) && amount >= 0 ? amount : undefined;
}

function keptApart({ perField, perPeriod, timezone }: SessionLimit): Pick<Meter, "apart"> {
  if (perField !== undefined) return { apart: { field: perField } };
  if (perPeriod === undefined) return {};
  return { apart: { period: perPeriod, zone: timezone ?? "" } };
}
