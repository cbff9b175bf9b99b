import { operandOf } from "../operands.ts";
import { reportWholeUrl } from "./allow.ts";
import { kindOf } from "./kinds.ts";
import { type Feeder, feedersOf, feeds, selfFed } from "./meters.ts";
import { own, type Rule, type RuleContext } from "./rule.ts";
import { isWholeUrl, meantAmong, renaming, reportUnknownField } from "./unknown.ts";
import { checkAmount } from "./written-value.ts";

/** `consumes`: known meters, number fields or constant costs (SPEC §2, §14). */
export const consumes: Rule = (envelope, context) => {
  const meters = Object.keys(envelope.budgets).filter((meter) => !selfFed.has(meter));
  for (const feeder of feedersOf(envelope)) {
    const { meter, pointer } = feeder;
    if (selfFed.has(meter)) {
      const reason = `the meter ${meter} feeds itself`;
      context.report("key/not_applicable", pointer, { name: meter, reason }, { at: "key" });
    } else if (own(envelope.budgets, meter) === undefined) {
      const meant = meantAmong(meter, meters);
      const fix = renaming(context, pointer, meant);
      context.report("ref/unknown_meter", pointer, { name: meter, ...meant }, { at: "key", ...fix });
    } else checkCost(context, feeder);
  }
};

function checkCost(context: RuleContext, { site, meter, cost, pointer }: Feeder): void {
  if (typeof cost === "number") {
    const constant = checkAmount(context, { is: "integer" }, cost, pointer);
    if (constant !== undefined && constant < 0) context.report("num/negative", pointer, { text: String(cost) });
    return;
  }
  const operand = operandOf(site.effect.fields, cost);
  if (operand === undefined) {
    if (isWholeUrl(site, cost)) reportWholeUrl(context, "consumes", cost, pointer, "value");
    else reportUnknownField(context, site, cost, pointer, "value");
    return;
  }
  if (feeds(operand)) return;
  const fits = Object.keys(site.effect.fields).filter((name) => {
    const other = operandOf(site.effect.fields, name);
    return other !== undefined && feeds(other);
  });
  const params = { bound: `consumes.${meter}`, field: cost, type: kindOf(operand), fits };
  context.report("type/bound_does_not_fit", pointer, params);
}
