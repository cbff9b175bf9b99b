import type { Effect } from "../../schema/envelope.ts";
import { isSet, operandOf } from "../operands.ts";
import { operatorsIn } from "./allow.ts";
import { below, entries, forEachEffect, own } from "./rule.ts";

const counting: ReadonlySet<string> = new Set(["minItems", "maxItems"]);

/** A set of which only the number of elements is bounded is a warning: it may hold whatever decodes (SPEC §2, "Every field is judged"). */
export const countOnly = forEachEffect(({ effect, pointer }, { report }) => {
  for (const [field, allow] of entries(effect.allow)) {
    const operand = operandOf(effect.fields, field);
    if (operand === undefined || !isSet(operand)) continue;
    const operators = operatorsIn(allow);
    if (!operators.every((op) => counting.has(op)) || judgesElements(effect, field)) continue;
    report("value/count_only", below(pointer, "allow", field), { field, operators });
  }
});

/** Rows list whole sets; a set that equals another one is judged with it. That two sets differ says nothing about what is in them. */
function judgesElements(effect: Effect, field: string): boolean {
  if (isInRows(effect, field)) return true;
  return (effect.relations ?? []).some(({ left, op, right }) => {
    if (op !== "==" || (left !== field && right !== field)) return false;
    const other = left === field ? right : left;
    const operators = operatorsIn(own(effect.allow, other) ?? {});
    return isInRows(effect, other) || operators.some((op) => !counting.has(op));
  });
}

function isInRows({ rows = [] }: Effect, field: string): boolean {
  return rows.some(({ fields }) => fields.includes(field));
}
