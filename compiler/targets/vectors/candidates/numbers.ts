/** Whole numbers at and beside everything that an envelope says about a field. */
import type { FieldPlan } from "../field-plan.ts";
import { numbersOf, sample } from "./sample.ts";

/** The likeliest to be allowed first. */
export function numbersAround(plan: FieldPlan): readonly number[] {
  const listed = plan.operators.flatMap((operator) => ("values" in operator ? numbersOf(operator.values) : []));
  const equal = plan.operators.flatMap((operator) =>
    operator.op === "equals" && typeof operator.value === "number" ? [operator.value] : [],
  );
  const least = Math.max(...plan.caps.map(({ min }) => min), Number.MIN_SAFE_INTEGER);
  const most = Math.min(...plan.caps.map(({ max }) => max), ...plan.room, Number.MAX_SAFE_INTEGER);
  const edges = [...plan.caps.flatMap(({ min, max }) => [min, max]), ...plan.room, ...ends(listed)];
  const matched = plan.when.flatMap((condition) => {
    if (condition.op !== "oneOf") return typeof condition.value === "number" ? [condition.value] : [];
    return "numbers" in condition.values ? sample(condition.values.numbers) : [];
  });
  return [
    ...equal,
    ...sample(listed.filter((value) => least <= value && value <= most)),
    ...(listed.length > 0 ? sample(listed) : [Math.min(Math.max(1, least), most), Math.max(least, 0), most]),
    ...matched.flatMap(beside),
    ...edges.flatMap(beside),
    0,
    1,
    2,
  ].filter(Number.isSafeInteger);
}

export function beside(value: number): readonly number[] {
  return [value, value - 1, value + 1];
}

function ends(list: readonly number[]): readonly number[] {
  return list.length === 0 ? [] : [list[0]!, list.at(-1)!];
}
