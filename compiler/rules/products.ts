import type { Field } from "../../schema/envelope.ts";
import { fieldOf, operandOf } from "../operands.ts";
import { typeOf } from "./kinds.ts";
import { below, type EffectSite, forEachEffect, type RuleContext } from "./rule.ts";
import { reportUnknownField } from "./unknown.ts";

type ProductField = Extract<Field, { type: "product" }>;

/** Products are made of fields that carry one number each, and should not lose digits (SPEC §2). */
export const products = forEachEffect((site, context) => {
  for (const [name, field] of Object.entries(site.effect.fields)) {
    if (field.type === "product") checkProduct(context, site, name, field, below(site.pointer, "fields", name));
  }
});

function checkProduct(
  context: RuleContext,
  site: EffectSite,
  name: string,
  field: ProductField,
  pointer: string,
): void {
  let sum: number | undefined = 0;
  for (const [i, factor] of field.of.entries()) {
    const scale = checkFactor(context, site, name, factor, below(pointer, "of", i));
    sum = sum === undefined || scale === undefined ? undefined : sum + scale;
  }
  if (sum === undefined || field.scale >= sum) return;
  context.report("num/product_may_not_fit", below(pointer, "scale"), { scale: field.scale, sum });
}

/** The scale of a factor; undefined once reported. */
function checkFactor(
  context: RuleContext,
  site: EffectSite,
  product: string,
  name: string,
  pointer: string,
): number | undefined {
  const { fields } = site.effect;
  const field = fieldOf(fields, name);
  if (field === undefined) {
    reportUnknownField(context, site, name, pointer, "value");
    return undefined;
  }
  const operand = operandOf(fields, name);
  if (field.type === "product" && contains(site, name, product)) {
    context.report("type/factor_does_not_fit", pointer, { field: name, type: "a product that contains this one" });
    return undefined;
  }
  const isTime = field.type === "date" || field.type === "datetime" || field.type === "timestamp";
  if (operand?.shape === "number" && !isTime) return operand.scale ?? 0;
  context.report("type/factor_does_not_fit", pointer, { field: name, type: typeOf(field) });
  return undefined;
}

/** Whether a product is, or is made of, the one looked for. */
function contains({ effect: { fields } }: EffectSite, start: string, wanted: string): boolean {
  const seen = new Set([start]);
  for (const name of seen) {
    if (name === wanted) return true;
    const field = fieldOf(fields, name);
    if (field?.type === "product") for (const factor of field.of) seen.add(factor);
  }
  return false;
}
