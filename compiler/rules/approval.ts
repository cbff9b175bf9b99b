import type { Approval } from "../../schema/envelope.ts";
import { quote } from "../diagnostics/quote.ts";
import { type Operand, operandOf } from "../operands.ts";
import { reportWholeUrl } from "./allow.ts";
import { conditionsOf, kindOf } from "./kinds.ts";
import { below, entries, forEachEffect, type RuleContext } from "./rule.ts";
import { isWholeUrl, reportUnknownField } from "./unknown.ts";
import { checkElements } from "./value-list.ts";
import { checkAmount, checkValue } from "./written-value.ts";

type Condition = NonNullable<Approval["when"]>[string];

/** `approval.when`: its fields exist, its operators fit them, `min ≤ max`; both together are a warning (SPEC §2, §14). */
export const approval = forEachEffect((site, context) => {
  for (const [key, condition] of entries(site.effect.approval?.when)) {
    const pointer = below(site.pointer, "approval", "when", key);
    const operand = operandOf(site.effect.fields, key);
    if (operand !== undefined) checkCondition(context, operand, condition, pointer);
    else if (isWholeUrl(site, key)) reportWholeUrl(context, "when", key, pointer, "key");
    else reportUnknownField(context, site, key, pointer, "key");
  }
});

function checkCondition(context: RuleContext, operand: Operand, condition: Condition, pointer: string): void {
  const fits = conditionsOf(operand);
  for (const op of ["min", "max", "oneOf", "equals"] as const) {
    if (condition[op] === undefined || fits.includes(op)) continue;
    const params = { bound: op, field: operand.name, type: kindOf(operand), fits };
    context.report("type/bound_does_not_fit", below(pointer, op), params, { at: "key" });
  }
  const { form } = operand;
  if (fits.includes("min")) checkRange(context, operand, condition, pointer);
  if (fits.includes("oneOf") && condition.oneOf !== undefined) {
    checkElements(context, form, condition.oneOf, below(pointer, "oneOf"));
  }
  if (fits.includes("equals") && condition.equals !== undefined) {
    checkValue(context, form, condition.equals, below(pointer, "equals"));
  }
}

function checkRange(context: RuleContext, { form }: Operand, { min, max }: Condition, pointer: string): void {
  const least = min === undefined ? undefined : checkAmount(context, form, min, below(pointer, "min"));
  const most = max === undefined ? undefined : checkAmount(context, form, max, below(pointer, "max"));
  if (least === undefined || most === undefined) return;
  if (least > most) {
    const params = { min: String(min), max: String(max), other: below(pointer, "max") };
    context.report("num/min_above_max", below(pointer, "min"), params);
    return;
  }
  // Either is enough to call for people: no value is below the one and above the other.
  const cause = `every value is at least ${quote(String(min))} or at most ${quote(String(max))}`;
  const what = "the condition always holds, and people are asked at every call";
  context.report("fires/never_fires", pointer, { cause, effects: [], what });
}
