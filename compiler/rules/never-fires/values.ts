import type { Allow } from "../../../schema/envelope.ts";
import { quote, quoteList } from "../../diagnostics/quote.ts";
import { isSet, operandNames, operandOf } from "../../operands.ts";
import { operatorsIn } from "../allow.ts";
import { type Constraints, constraintsOf, remaining } from "../constraints.ts";
import { below, type EffectSite, forEachEffect, own } from "../rule.ts";

/** A field whose bounds no value satisfies together: the effect is dead (SPEC §2). */
export const noValueSatisfies = forEachEffect((site, { report }) => {
  for (const name of operandNames(site.effect.fields)) {
    const operand = operandOf(site.effect.fields, name);
    if (operand === undefined) continue;
    const constraints = constraintsOf(site, operand);
    if (isReportedRange(constraints, own(site.effect.allow, name))) continue;
    const why = isSet(operand) ? whyNoSet(site, constraints) : whyNoValue(site, constraints);
    if (why === undefined) continue;
    const isListed = own(site.effect.allow, name) !== undefined;
    const pointer = below(site.pointer, isListed ? "allow" : "perCall", name);
    report("fires/never_fires", pointer, { cause: why, effects: [site.name] });
  }
});

/** That what is written as least is above what is written as greatest is an error of its own. */
function isReportedRange({ minItems, maxItems }: Constraints, allow: Allow | undefined): boolean {
  return allow?.minItems !== undefined && maxItems !== undefined && maxItems < minItems;
}

function whyNoValue(site: EffectSite, constraints: Constraints): string | undefined {
  const { operand } = constraints;
  if (remaining(constraints)?.length !== 0 && !allExcluded(constraints)) return undefined;
  return `no value of ${quote(operand.name)} satisfies ${boundsOf(site, operand.name)}`;
}

function whyNoSet(site: EffectSite, constraints: Constraints): string | undefined {
  const { operand, minItems, maxItems } = constraints;
  const least = `the least number of elements of ${quote(operand.name)} is ${minItems}`;
  if (maxItems !== undefined && maxItems < minItems) return `${least}, the greatest ${maxItems}`;
  const limit = limitOf(site, operand.name);
  if (minItems > limit) return `${least}, its \`limit\` is ${limit}`;
  const left = remaining(constraints);
  if (left !== undefined && left.length < minItems) {
    return `${least}, and ${left.length === 0 ? "no element satisfies" : `only ${left.length} satisfy`} ${boundsOf(site, operand.name)}`;
  }
  if (minItems === 0 || !allExcluded(constraints)) return undefined;
  return `no element of ${quote(operand.name)} satisfies ${boundsOf(site, operand.name)}`;
}

/** Whether everything that `under` admits is ruled out by `noneUnder`. */
function allExcluded({ above, notAbove }: Constraints): boolean {
  if (above === undefined) return false;
  return [...above.values()].every(({ under }) => under.some((ancestor) => notAbove.has(ancestor)));
}

function limitOf({ effect }: EffectSite, name: string): number {
  const field = effect.fields[name];
  const limit = field?.type === "set" ? field.limit : undefined;
  return limit ?? (own(effect.allow, name)?.under === undefined ? 1000 : 32);
}

function boundsOf({ effect }: EffectSite, name: string): string {
  const allow = own(effect.allow, name);
  const operators = allow === undefined ? [] : operatorsIn(allow).map((op) => `allow.${name}.${op}`);
  const cap = own(effect.perCall, name) === undefined ? [] : [`perCall.${name}`];
  return quoteList([...operators, ...cap]);
}
