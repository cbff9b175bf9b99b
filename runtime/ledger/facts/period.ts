/** Calendar periods of a zone: the bucket of a limit that is kept apart `perPeriod` (SPEC §2). */
import type { Period } from "../../../schema/envelope.ts";
import { localTime } from "../../../schema/time/zones.ts";

/**
 * `2024-02`, `2024-02-15` or `2024-02-15T09`, local. The hour that a clock shows twice is one period: what it may spend is not
 * doubled. Undefined where the zone's data does not reach.
 */
export function periodOf(period: Period, zone: string, now: number): string | undefined {
  const local = localTime(zone, now);
  if (local === undefined) return undefined;
  switch (period) {
    case "month":
      return local.date.slice(0, "YYYY-MM".length);
    case "day":
      return local.date;
    case "hour":
      return `${local.date}T${String(Math.floor(local.minute / 60)).padStart(2, "0")}`;
  }
}
