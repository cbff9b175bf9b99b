/** When the rows that judge when, after what and why a call comes are violated. */
import type { Effect, Schedule } from "../../../schema/envelope.ts";
import { minuteOfDay } from "../../../schema/reference/times.ts";
import { leaf, missingOr, state } from "./leaf.ts";
import { notWithin } from "./moment.ts";
import { allOf, anyOf, cedar, not, type Statement } from "./statement.ts";
import type { Violation } from "./violation.ts";

export function afterViolations(effectName: string, { after = [] }: Effect): readonly Violation[] {
  return after.map(({ effect, withinSeconds }, index) => ({
    id: `effects/${effectName}/after/${index}`,
    statement: notWithin(state("last", effect), (age) => cedar`${age} > ${withinSeconds * 1000}`),
  }));
}

export function scheduleViolations(effectName: string, { schedule }: Effect): readonly Violation[] {
  return schedule === undefined ? [] : [{ id: `effects/${effectName}/schedule`, statement: isClosed(schedule) }];
}

function isClosed({ timezone, windows, except }: Schedule): Statement {
  const [day, minute, date] = ["day", "minute", "date"].map((part) => state("local", timezone, part));
  if (day === undefined || minute === undefined || date === undefined) return true;
  const open = windows.map(({ days, from, until }) =>
    allOf(
      cedar`${days}.contains(${day})`,
      cedar`${minute} >= ${minuteOfDay(from)}`,
      cedar`${minute} < ${minuteOfDay(until)}`,
    ),
  );
  const isExcepted = except === undefined ? false : missingOr([date], cedar`${except}.contains(${date})`);
  return missingOr([day, minute], anyOf(isExcepted, not(anyOf(...open))));
}

export function justificationViolations(effectName: string, { justification }: Effect): readonly Violation[] {
  if (justification !== "required") return [];
  const justified = leaf("justified");
  return [
    { id: `effects/${effectName}/justification`, statement: missingOr([justified], cedar`${justified} == false`) },
  ];
}
