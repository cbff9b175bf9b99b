import type { Envelope, SessionLimit } from "../../../schema/envelope.ts";
import { localTime } from "../../../schema/time/zones.ts";
import { parseTimestamp } from "../../../schema/values/timestamp.ts";
import { below, own } from "../../rules/rule.ts";
import type { Side } from "../side.ts";
import { memberOf, operandOn } from "../values/domain.ts";
import type { Report } from "../widening.ts";

/** Each sum that `b` limits, `a` limits as low, and keeps apart no finer. */
export function compareSession(a: Side, b: Side, report: Report): void {
  for (const [key, theirs] of Object.entries(b.effect.session)) {
    if (theirs === undefined) continue;
    const pointer = below(a.pointer, "session", key);
    const mine = own(a.effect.session, key);
    if (mine === undefined) report(pointer, "the sum has no limit");
    else {
      if (amount(a, key, mine.max) > amount(b, key, theirs.max)) report(below(pointer, "max"), "the limit is higher");
      if (!isAsCoarse(mine, theirs, a))
        report(pointer, "it is kept apart in other parts, each with a limit of its own");
    }
  }
}

function amount(side: Side, key: string, max: unknown): number {
  return key === "calls" ? Number(max) : Number(memberOf(operandOn(side, key).form, max).value);
}

type Apart = Pick<SessionLimit, "perField" | "perPeriod" | "timezone">;

const periods = ["hour", "day", "month"];

/** Whether each part that `b` looks at lies within one part of `a`, and is one at any time at which `a` holds. */
function isAsCoarse(mine: Apart, theirs: Apart, { envelope }: Side): boolean {
  if (mine.perField !== undefined) return mine.perField === theirs.perField;
  const [zone, other] = [mine.timezone ?? "UTC", theirs.timezone ?? "UTC"];
  if (mine.perPeriod === undefined) return theirs.perPeriod === undefined || isKnown(other, envelope);
  if (theirs.perPeriod === undefined || zone !== other) return false;
  return periods.indexOf(mine.perPeriod) >= periods.indexOf(theirs.perPeriod);
}

/** A period that cannot be named is no period: every call is denied then. */
function isKnown(zone: string, { validity }: Envelope): boolean {
  const end = parseTimestamp(validity.expiresAt);
  return end.ok && localTime(zone, end.value) !== undefined;
}
