/** How long a schedule that is open stays open, whatever the clocks do on the way. */
import type { Schedule } from "../../../schema/envelope.ts";
import { minuteOfDay } from "../../../schema/reference/times.ts";
import { localTime, type ZonedTime } from "../../../schema/time/zones.ts";

const minuteMs = 60_000;
const dayMinutes = 1440;

/**
 * The first moment from `now` on at which the schedule is closed, in epoch milliseconds; `latest` where that comes first.
 * `now` itself where it is closed already.
 */
export function scheduleClosesAt(schedule: Schedule, now: number, latest: number): number {
  let time = now;
  while (time < latest) {
    const local = localTime(schedule.timezone, time);
    const end = local && endOfWindow(schedule, local);
    if (local === undefined || end === undefined) return time;
    const next = time + (end - local.minute) * minuteMs;
    const closed = isUninterrupted(schedule.timezone, next, end)
      ? firstClosed(schedule, next - minuteMs, next)
      : closedOnTheWay(schedule, time, next);
    if (closed !== undefined) return Math.min(closed, latest);
    time = next;
  }
  return latest;
}

/** Minutes since local midnight, exclusive; undefined where it is closed. */
function endOfWindow({ windows, except = [] }: Schedule, { day, minute, date }: ZonedTime): number | undefined {
  if (except.includes(date)) return undefined;
  const ends = windows
    .filter(({ days, from, until }) => days.includes(day) && minuteOfDay(from) <= minute && minute < minuteOfDay(until))
    .map(({ until }) => minuteOfDay(until));
  return ends.length === 0 ? undefined : Math.max(...ends);
}

function isOpen(schedule: Schedule, time: number): boolean {
  const local = localTime(schedule.timezone, time);
  return local !== undefined && endOfWindow(schedule, local) !== undefined;
}

/** Whether the clock on the wall shows the end of the window at that time: if not, it was put forward or back. */
function isUninterrupted(zone: string, time: number, end: number): boolean {
  return localTime(zone, time)?.minute === end % dayMinutes;
}

function closedOnTheWay(schedule: Schedule, from: number, until: number): number | undefined {
  for (let time = from; time < until; time += minuteMs) {
    const closed = firstClosed(schedule, time, time + minuteMs);
    if (closed !== undefined) return closed;
  }
  return undefined;
}

/** @param open a time at which it is open, at most a minute before `later` */
function firstClosed(schedule: Schedule, open: number, later: number): number | undefined {
  if (isOpen(schedule, later)) return undefined;
  let [inside, after] = [open, later];
  while (after - inside > 1) {
    const middle = Math.floor((inside + after) / 2);
    if (isOpen(schedule, middle)) inside = middle;
    else after = middle;
  }
  return after;
}
