import type { Approval, Condition as WrittenCondition } from "../../schema/envelope.ts";
import type { Condition } from "../../schema/normalised.ts";
import type { Operand } from "../operands.ts";
import { canonicalOf, named, numberOf, valuesOf } from "./values.ts";

/** `when` as one condition for each operator written; undefined where people are always needed. */
export function normaliseWhen(
  when: Approval["when"],
  operand: (name: string) => Operand,
): readonly Condition[] | undefined {
  if (when === undefined) return undefined;
  return Object.entries(when).flatMap(([name, written]) => conditionsOn(operand(name), written));
}

function conditionsOn(operand: Operand, written: WrittenCondition): readonly Condition[] {
  const { form } = operand;
  const on = named(operand);
  const conditions: Condition[] = [];
  if (written.min !== undefined) conditions.push({ ...on, op: "min", value: numberOf(form, written.min) });
  if (written.max !== undefined) conditions.push({ ...on, op: "max", value: numberOf(form, written.max) });
  if (written.oneOf !== undefined) {
    const values =
      operand.shape === "boolean"
        ? { booleans: written.oneOf.filter((value) => typeof value === "boolean") }
        : valuesOf(form, written.oneOf);
    conditions.push({ ...on, op: "oneOf", values });
  }
  if (written.equals !== undefined) conditions.push({ ...on, op: "equals", value: canonicalOf(form, written.equals) });
  return conditions;
}
