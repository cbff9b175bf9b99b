import type { Relation } from "../../schema/envelope.ts";
import { isSet, isTime, type Operand, operandOf } from "../operands.ts";
import { reportWholeUrl } from "./allow.ts";
import { kindOf } from "./kinds.ts";
import { below, type EffectSite, forEachEffect, type RuleContext } from "./rule.ts";
import { isWholeUrl, reportUnknownField } from "./unknown.ts";

/** `relations`: between fields of one type, scale and unit; order on numbers, dates and times only (SPEC §2). */
export const relations = forEachEffect((site, context) => {
  for (const [i, relation] of (site.effect.relations ?? []).entries()) {
    const pointer = below(site.pointer, "relations", i);
    const left = sideOf(context, site, relation.left, below(pointer, "left"));
    const right = sideOf(context, site, relation.right, below(pointer, "right"));
    if (left !== undefined && right !== undefined) checkSides(context, site, relation, left, right, pointer);
  }
});

function sideOf(context: RuleContext, site: EffectSite, name: string, pointer: string): Operand | undefined {
  const operand = operandOf(site.effect.fields, name);
  if (operand !== undefined) return operand;
  if (isWholeUrl(site, name)) reportWholeUrl(context, "relations", name, pointer, "value");
  else reportUnknownField(context, site, name, pointer, "value");
  return undefined;
}

function checkSides(
  { report }: RuleContext,
  site: EffectSite,
  { op }: Relation,
  left: Operand,
  right: Operand,
  pointer: string,
): void {
  const reason = whyNotComparable(op, left, right);
  if (reason !== undefined) {
    report("type/not_comparable", pointer, { left: left.name, op, right: right.name, reason });
    return;
  }
  const other = below(site.pointer, "fields", left.fieldName);
  if (left.scale !== right.scale) {
    const params = { found: right.scale, expected: left.scale, other: below(other, "scale") };
    report("unit/scale_mismatch", below(pointer, "right"), params);
  } else if (left.unit !== right.unit) {
    const params = { found: right.unit, expected: left.unit, other: below(other, "unit") };
    report("unit/mismatch", below(pointer, "right"), params);
  }
}

function whyNotComparable(op: Relation["op"], left: Operand, right: Operand): string | undefined {
  const kinds = [left, right].map(kindOf);
  if (left.shape === "range" || right.shape === "range") return "of a list only the smallest and largest are known";
  if (comparedAs(left) !== comparedAs(right)) return `one is ${kinds[0]}, the other ${kinds[1]}`;
  if (zoneKind(left) !== zoneKind(right)) return "a floating time is no moment of a zone";
  if ((op === "<" || op === "<=") && left.shape !== "number") return `${kinds[0]} has no order`;
  return undefined;
}

/** What both sides must be alike in: the type, of a set that of its elements, of a url the part. */
function comparedAs({ field, form, ...operand }: Operand): string {
  if (isSet({ field, form, ...operand })) return `set ${form.is}`;
  if (field.type === "url") return `url ${form.is}`;
  // A count is a plain integer, whatever is counted.
  return "aggregate" in field && field.aggregate === "count" ? "integer" : field.type;
}

function zoneKind(operand: Operand): "floating" | "zoned" | undefined {
  if (!isTime(operand) || operand.form.is !== "datetime") return undefined;
  return operand.form.timezone === "floating" ? "floating" : "zoned";
}
