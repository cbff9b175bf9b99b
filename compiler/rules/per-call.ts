import { type Operand, operandOf } from "../operands.ts";
import { reportWholeUrl } from "./allow.ts";
import { kindOf, operatorsOf } from "./kinds.ts";
import { below, type EffectSite, entries, forEachEffect, type RuleContext } from "./rule.ts";
import { isWholeUrl, reportUnknownField } from "./unknown.ts";
import { checkAmount } from "./written-value.ts";

/** `perCall`: its fields are numbers, its amounts fit their scale, `min ≤ max`, 0 being the min where none is written (SPEC §2). */
export const perCall = forEachEffect((site, context) => {
  for (const [key, { min, max }] of entries(site.effect.perCall)) {
    const pointer = below(site.pointer, "perCall", key);
    const operand = amountOperand(context, site, "perCall", key, pointer);
    if (operand === undefined) continue;
    const least = min === undefined ? 0 : checkAmount(context, operand.form, min, below(pointer, "min"));
    const most = checkAmount(context, operand.form, max, below(pointer, "max"));
    if (least === undefined || most === undefined || least <= most) continue;
    if (min === undefined) {
      const params = { min: isTime(operand) ? "1970-01-01" : "0", max: String(max), implied: true };
      context.report("num/min_above_max", below(pointer, "max"), params, { help: "whoever wants less writes `min`" });
    } else {
      const params = { min: String(min), max: String(max), other: below(pointer, "max") };
      context.report("num/min_above_max", below(pointer, "min"), params);
    }
  }
});

function isTime({ form }: Operand): boolean {
  return form.is === "date" || form.is === "datetime" || form.is === "timestamp";
}

/** The number field that a cap is written on; undefined once reported. */
export function amountOperand(
  context: RuleContext,
  site: EffectSite,
  bound: "perCall" | "session",
  key: string,
  pointer: string,
): Operand | undefined {
  const operand = operandOf(site.effect.fields, key);
  if (operand === undefined) {
    if (isWholeUrl(site, key)) reportWholeUrl(context, bound, key, pointer, "key");
    else reportUnknownField(context, site, key, pointer, "key");
    return undefined;
  }
  const isPart = operand.field.type === "url";
  if (!isPart && (operand.shape === "number" || operand.shape === "range")) return operand;
  const fits = operatorsOf(operand).map((op) => `allow.${op}`);
  const params = { bound, field: key, type: kindOf(operand), fits };
  context.report("type/bound_does_not_fit", pointer, params, { at: "key" });
  return undefined;
}

/** Reports a negative limit; whether it is none. */
export function checkNotNegative(
  { report }: RuleContext,
  amount: number | undefined,
  written: unknown,
  pointer: string,
): boolean {
  if (amount === undefined || amount >= 0) return true;
  report("num/negative", pointer, { text: String(written) });
  return false;
}
