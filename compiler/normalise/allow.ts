import type { Allow, Envelope, ValueList } from "../../schema/envelope.ts";
import type { Operator } from "../../schema/normalised.ts";
import { ancestorForm, type Operand } from "../operands.ts";
import { members } from "./maps.ts";
import { canonicalOf, listOf, valuesOf } from "./values.ts";

/** The operators of one operand; of a set with the least number of elements, 1 where none is written. */
export function normaliseAllow(operand: Operand, bound: Allow, envelope: Envelope): readonly Operator[] {
  const operators: Operator[] = [];
  for (const op of ["oneOf", "noneOf", "subsetOf", "disjointFrom"] as const) {
    const list = bound[op];
    if (list !== undefined) operators.push({ op, values: valuesOf(operand.form, listOf(list, envelope)) });
  }
  for (const op of ["under", "noneUnder"] as const) {
    const list = bound[op];
    if (list !== undefined) operators.push({ op, values: { texts: ancestors(operand, list, envelope) } });
  }
  if (bound.equals !== undefined) operators.push({ op: "equals", value: canonicalOf(operand.form, bound.equals) });
  if (bound.producedBy !== undefined) {
    const element = operand.shape === "number" || operand.shape === "numberSet" ? "number" : "text";
    operators.push({ op: "producedBy", fact: bound.producedBy, element });
  }
  const least = bound.minItems ?? (operand.field.type === "set" ? 1 : undefined);
  if (least !== undefined) operators.push({ op: "minItems", value: least });
  if (bound.maxItems !== undefined) operators.push({ op: "maxItems", value: bound.maxItems });
  return operators;
}

function ancestors(operand: Operand, list: ValueList, envelope: Envelope) {
  const form = ancestorForm(operand.form);
  return members(listOf(list, envelope).map((value) => String(canonicalOf(form, value))));
}
