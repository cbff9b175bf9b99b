import { codePointCompare } from "../../../schema/json/canonical.ts";
import type { NormalisedEffect, Operator } from "../../../schema/normalised.ts";
import type { Literal } from "./type.ts";

/** The values that the lists of `allow` leave to an operand (of a set: to its elements), sorted; undefined where no list says. */
export function admitted({ bounds }: NormalisedEffect, operand: string): readonly Literal[] | undefined {
  const operators = bounds.allow?.find(({ field }) => field === operand)?.operators ?? [];
  const [first, ...others] = operators.flatMap((operator) => {
    const list = valuesOf(operator, "oneOf", "subsetOf");
    if (operator.op === "equals") return [[operator.value]];
    return list === undefined ? [] : [list];
  });
  if (first === undefined) return undefined;
  const without = new Set(operators.flatMap((operator) => valuesOf(operator, "noneOf", "disjointFrom") ?? []));
  return first
    .filter((value) => others.every((list) => list.includes(value)) && !without.has(value))
    .sort((a, b) => (typeof a === "number" && typeof b === "number" ? a - b : codePointCompare(String(a), String(b))));
}

function valuesOf(operator: Operator, ...ops: readonly Operator["op"][]): readonly Literal[] | undefined {
  if (!ops.includes(operator.op) || !("values" in operator)) return undefined;
  return "numbers" in operator.values ? operator.values.numbers : Object.keys(operator.values.texts);
}
