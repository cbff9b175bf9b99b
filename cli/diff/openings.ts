/** Times at which one schedule is open and another is or is not. */
import { normaliseSchedule } from "../../compiler/normalise/schedule.ts";
import type { Envelope, Schedule } from "../../schema/envelope.ts";
import { localTime, toEpoch } from "../../schema/time/zones.ts";
import { parseTimestamp } from "../../schema/values/timestamp.ts";

export interface Span {
  /** Epoch milliseconds. */
  readonly from: number;
  /** Not itself in it. */
  readonly until: number;
}

/** The time of validity. */
export function spanOf({ validity }: Envelope): Span {
  const [from, until] = [parseTimestamp(validity.notBefore), parseTimestamp(validity.expiresAt)];
  return { from: from.ok ? from.value : 0, until: until.ok ? until.value : 0 };
}

const dayMs = 86_400_000;
const mostDays = 400;

/** The first instant at which both are open, and the first at which only the newer one is, as far as there are any. */
export function openings(before: Schedule | undefined, after: Schedule | undefined, span: Span): readonly number[] {
  if (before === undefined && after === undefined) return [];
  const [old, now] = [clockOf(before), clockOf(after)];
  const edges = [span.from, ...edgesOf(old, span), ...edgesOf(now, span)]
    .filter((at) => span.from <= at && at < span.until)
    .sort((a, b) => a - b);
  const first = (isOld: boolean) => edges.find((at) => isOpen(now, at) && isOpen(old, at) === isOld);
  return [first(true), first(false)].filter((at) => at !== undefined);
}

/** What `normaliseSchedule` makes of it, once. */
type Clock = ReturnType<typeof normaliseSchedule> | undefined;

function clockOf(schedule: Schedule | undefined): Clock {
  return schedule === undefined ? undefined : normaliseSchedule("", schedule);
}

/** The first and last minutes of its windows, and those beside them. */
function edgesOf(clock: Clock, { from, until }: Span): readonly number[] {
  if (clock === undefined) return [];
  const { timezone, windows } = clock;
  const minutes = new Set(
    Object.values(windows)
      .flat()
      .flatMap(([start, end]) => [start - 1, start, end - 1, end]),
  );
  const edges: number[] = [];
  for (let day = 0, at = from; day < mostDays && at < until + dayMs; day += 1, at += dayMs) {
    const local = localTime(timezone, at);
    if (local === undefined) continue;
    const [year = 0, month = 0, date = 0] = local.date.split("-").map(Number);
    for (const minute of minutes) {
      const instant = toEpoch(timezone, year, month, date, Math.floor(minute / 60), minute % 60, 0);
      if (typeof instant === "number") edges.push(instant);
    }
  }
  return edges;
}

function isOpen(clock: Clock, at: number): boolean {
  if (clock === undefined) return true;
  const { timezone, windows, except } = clock;
  const local = localTime(timezone, at);
  if (local === undefined || (except !== undefined && Object.hasOwn(except, local.date))) return false;
  const open = Object.hasOwn(windows, local.day) ? (windows[local.day] ?? []) : [];
  return open.some(([from, until]) => from <= local.minute && local.minute < until);
}
