import type { Aggregate } from "../../schema/envelope.ts";
import type { RangeValue } from "../../schema/request.ts";

/** Numbers as one magnitude; undefined where there is none: `max`, `min` and `each` of nothing, a sum beyond 2^53-1. */
export function aggregateNumbers(aggregate: Aggregate, numbers: readonly number[]): number | RangeValue | undefined {
  if (aggregate === "count") return numbers.length;
  if (aggregate === "sum") return exactSum(numbers);
  const [first] = numbers;
  if (first === undefined) return undefined;
  let min = first;
  let max = first;
  for (const value of numbers) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (aggregate === "each") return { min, max };
  return aggregate === "min" ? min : max;
}

/** Exact whatever the order: only the total must be a safe integer. */
function exactSum(numbers: readonly number[]): number | undefined {
  let total = 0n;
  for (const value of numbers) total += BigInt(value);
  const sum = Number(total);
  return Number.isSafeInteger(sum) ? sum : undefined;
}
