import type { Allow } from "../../schema/envelope.ts";
import { ancestorForm, isSet, type Operand, operandOf, urlParts } from "../operands.ts";
import { kindOf, type OperatorName, operatorsOf } from "./kinds.ts";
import { checkProducedBy } from "./produced-by.ts";
import { below, type EffectSite, effectSites, entries, type Rule, type RuleContext, reportingOnce } from "./rule.ts";
import { isWholeUrl, reportUnknownField } from "./unknown.ts";
import { checkList } from "./value-list.ts";
import { checkValue } from "./written-value.ts";

/** `allow`: its fields exist, its operators fit their types, its values are canonical (SPEC §2, "`allow` by type"). */
export const allow: Rule = (envelope, context) => {
  const once = reportingOnce(context);
  for (const site of effectSites(envelope)) {
    for (const [key, written] of entries(site.effect.allow)) {
      const pointer = below(site.pointer, "allow", key);
      const operand = operandOf(site.effect.fields, key);
      if (operand !== undefined) checkOperators(once, site, operand, written, pointer);
      else if (isWholeUrl(site, key)) reportWholeUrl(once, "allow", key, pointer, "key");
      else reportUnknownField(once, site, key, pointer, "key");
    }
  }
};

/** A bound on a url names one of its parts. */
export function reportWholeUrl(
  { report }: RuleContext,
  bound: string,
  field: string,
  pointer: string,
  at: "key" | "value",
): void {
  const fits = urlParts.map((part) => `${field}.${part}`);
  report("type/bound_does_not_fit", pointer, { bound, field, type: "a url", fits }, { at });
}

function checkOperators(context: RuleContext, site: EffectSite, operand: Operand, written: Allow, pointer: string) {
  const fits = operatorsOf(operand);
  for (const op of operatorsIn(written)) {
    const place = below(pointer, op);
    if (!fits.includes(op)) {
      const params = { bound: op, field: operand.name, type: kindOf(operand), fits: orPerCall(fits) };
      context.report("type/bound_does_not_fit", place, params, { at: "key" });
      continue;
    }
    checkOperator(context, site, operand, written, op, place);
  }
  const { minItems: min, maxItems: max } = written;
  if (!isSet(operand) || min === undefined || max === undefined || min <= max) return;
  const params = { min: String(min), max: String(max), other: below(pointer, "maxItems") };
  context.report("num/min_above_max", below(pointer, "minItems"), params);
}

function checkOperator(
  context: RuleContext,
  site: EffectSite,
  operand: Operand,
  written: Allow,
  op: OperatorName,
  pointer: string,
): void {
  switch (op) {
    case "oneOf":
    case "noneOf":
    case "subsetOf":
    case "disjointFrom": {
      const list = written[op];
      if (list !== undefined) checkList(context, site, operand.form, list, pointer);
      return;
    }
    case "under":
    case "noneUnder": {
      const list = written[op];
      if (list !== undefined) checkList(context, site, ancestorForm(operand.form), list, pointer);
      return;
    }
    case "equals":
      checkValue(context, operand.form, written.equals, pointer);
      return;
    case "producedBy":
      if (written.producedBy !== undefined) checkProducedBy(context, site, operand, written.producedBy, pointer);
      return;
    case "minItems":
    case "maxItems":
      return;
  }
}

const operatorNames: readonly OperatorName[] = [
  "oneOf",
  "noneOf",
  "equals",
  "producedBy",
  "subsetOf",
  "disjointFrom",
  "under",
  "noneUnder",
  "minItems",
  "maxItems",
];

/** The operators that are written, in the order of the language. */
export function operatorsIn(written: Allow): readonly OperatorName[] {
  return operatorNames.filter((op) => written[op] !== undefined);
}

function orPerCall(fits: readonly OperatorName[]): readonly string[] {
  return fits.length === 0 ? ["perCall"] : fits;
}
