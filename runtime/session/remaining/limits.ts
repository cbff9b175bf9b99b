/** What is left of the limits on an effect: of its meters, and of its sliding windows. */
import type { Effect, Envelope, Period } from "../../../schema/envelope.ts";
import { capsOf } from "../../audit/caps.ts";
import { bucketOf, type Meter, metersOf } from "../../ledger/facts/meters.ts";
import { allowedWithin } from "../../ledger/facts/windows.ts";
import type { SessionState } from "../../ledger/state.ts";
import { periodEndsAt } from "./period-end.ts";

export interface Limit {
  readonly bound: string;
  /** Calls, or an amount in minor units. Never less than 0. */
  readonly left: number;
  /** How many calls of the least amounts it still admits; null where it does not limit their number. */
  readonly calls: number | null;
  /** The calendar period that this is left for, and when it ends (epoch milliseconds; null where that is beyond the calendar). */
  readonly period?: { readonly every: Period; readonly bucket: string; readonly endsAt: number | null };
  /** Of a window that is full: when its next call may follow (epoch milliseconds). */
  readonly freesAt?: number;
}

export interface Room {
  readonly meter: Meter;
  /** Less than 0 where more was settled than the limit: then not even a call that costs nothing fits. */
  readonly left: (bucket: string) => number;
}

export function roomsOf(envelope: Envelope, name: string, effect: Effect, { sums }: SessionState): readonly Room[] {
  const caps = capsOf(envelope);
  return metersOf(name, effect).map((meter) => ({
    meter,
    left: (bucket) => (caps.get(meter.id) ?? 0) - sums.of(meter.id, bucket),
  }));
}

/** The values of a field that a limit is kept apart by; undefined for every other limit. */
export function fieldApart({ apart }: Meter): string | undefined {
  return apart !== undefined && "field" in apart ? apart.field : undefined;
}

/** What is left in the bucket of the moment, for a limit that does not ask for the fields of the call. */
export function leftNow({ meter, left }: Room, now: number): number {
  const bucket = bucketOf(meter, {}, now);
  return bucket === undefined ? -1 : left(bucket);
}

/** @param least the least amount that a call may carry, by field */
export function callsWithin({ cost }: Meter, left: number, least: ReadonlyMap<string, number>): number | null {
  const each = "constant" in cost ? cost.constant : (least.get(cost.field) ?? 0);
  if (left < 0) return 0;
  return each > 0 ? Math.floor(left / each) : null;
}

export function limitOf(room: Room, least: ReadonlyMap<string, number>, now: number): Limit {
  const { meter } = room;
  const left = leftNow(room, now);
  const limit = { bound: meter.id, left: Math.max(0, left), calls: callsWithin(meter, left, least) };
  if (meter.apart === undefined || "field" in meter.apart) return limit;
  const { period: every, zone } = meter.apart;
  const period = { every, bucket: bucketOf(meter, {}, now) ?? "", endsAt: periodEndsAt(every, zone, now) };
  return { ...limit, period };
}

export function windowLimits(
  { defaults }: Envelope,
  name: string,
  { velocity = defaults?.velocity ?? [] }: Effect,
  state: SessionState,
  now: number,
): readonly Limit[] {
  const allows = state.allows.get(name) ?? [];
  return velocity.map(({ max, seconds }, index) => {
    const before = allowedWithin(allows, now, seconds * 1000);
    const left = Math.max(0, max - before);
    const limit = { bound: `effects/${name}/velocity/${index}`, left, calls: left };
    // As many of them must leave the window as are one too many.
    const leaving = left > 0 ? undefined : allows[allows.length - before + (before - max)];
    return leaving === undefined ? limit : { ...limit, freesAt: leaving + seconds * 1000 };
  });
}
