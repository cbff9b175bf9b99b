/** The rows that judge when and after what a call comes, and what ties its fields together. */
import type { Bound, Minutes } from "../../../../schema/normalised.ts";
import { all, any, type Condition, given, read, test } from "../condition.ts";
import { atMost, literal } from "../expression.ts";
import * as leaves from "./leaves.ts";
import { atLeast, below, elapsed } from "./number.ts";
import { isNoneOf, isOneOf, membersOf } from "./values.ts";

export function rows({ field, oneOf }: Bound<"rows">): Condition {
  const row = leaves.text(field);
  return given([row], isOneOf(read(row), membersOf(oneOf)));
}

export function after({ effect, within }: Bound<"after">): Condition {
  if (within < 0) return false;
  const last = leaves.lastSettled(effect);
  return given([last, leaves.now], ...elapsed(last, leaves.now, (age) => atMost(age, literal(within))));
}

export function schedule({ timezone, windows, except }: Bound<"schedule">): Condition {
  const { day, minute, date } = leaves.localTime(timezone);
  const open = any(
    daysByWindows(windows).map(({ days, minutes }) =>
      all([
        isOneOf(read(day), days),
        any(minutes.map(([from, until]) => all([atLeast(from, minute), below(minute, until)]))),
      ]),
    ),
  );
  const admitted = except === undefined ? true : given([date], isNoneOf(read(date), membersOf(except)));
  return given([day, minute], admitted, open);
}

const week = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** Days with the same windows read as one line. */
function daysByWindows(windows: Bound<"schedule">["windows"]) {
  const groups = new Map<string, { readonly days: string[]; readonly minutes: readonly Minutes[] }>();
  for (const day of week.filter((name) => Object.hasOwn(windows, name))) {
    const minutes = windows[day] ?? [];
    const key = JSON.stringify(minutes);
    const group = groups.get(key) ?? { days: [], minutes };
    group.days.push(day);
    groups.set(key, group);
  }
  return [...groups.values()];
}

export const justification = (): Condition => given([leaves.justified], test(read(leaves.justified)));
