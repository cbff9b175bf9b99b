import { quote } from "../../diagnostics/quote.ts";
import { type Operand, operandOf } from "../../operands.ts";
import { constraintsOf, leastAmount, readCandidate } from "../constraints.ts";
import { feedersOf, feeds, selfFed } from "../meters.ts";
import { below, type EffectSite, effectSites, type Rule } from "../rule.ts";

/** Limits that the first call already exceeds: no calls, no velocity, a budget below the least cost (SPEC §2: 0 is a bound). */
export const limitsTooSmall: Rule = (envelope, { report }) => {
  const sites = effectSites(envelope);
  const dead = (pointer: string, cause: string, effects: readonly EffectSite[]) => {
    if (effects.length > 0) report("fires/never_fires", pointer, { cause, effects: effects.map(({ name }) => name) });
  };
  if (envelope.budgets.actions.max === 0) dead("/budgets/actions/max", "the budget admits no action", sites);
  if (envelope.budgets.externalCalls?.max === 0) {
    const external = sites.filter(({ effect }) => effect.external);
    dead("/budgets/externalCalls/max", "the budget admits no external call", external);
  }
  for (const [i, { max }] of (envelope.defaults?.velocity ?? []).entries()) {
    const takers = sites.filter(({ effect }) => effect.velocity === undefined);
    if (max === 0) dead(below("/defaults/velocity", i, "max"), "the velocity admits no call", takers);
  }
  for (const site of sites) {
    const { effect, pointer } = site;
    for (const [i, { max }] of (effect.velocity ?? []).entries()) {
      if (max === 0) dead(below(pointer, "velocity", i, "max"), "the velocity admits no call", [site]);
    }
    for (const [key, { max }] of Object.entries(effect.session)) {
      const place = below(pointer, "session", key, "max");
      if (key === "calls") {
        if (max === 0) dead(place, "the session admits no call", [site]);
        continue;
      }
      const operand = operandOf(effect.fields, key);
      if (operand === undefined || !feeds(operand) || !isBelowLeast(site, operand, max)) continue;
      dead(place, `the session limit of ${quote(key)} is below the least that a call carries`, [site]);
    }
  }
  for (const { site, meter, cost, operand, pointer } of feedersOf(envelope)) {
    const budget = Object.hasOwn(envelope.budgets, meter) ? envelope.budgets[meter] : undefined;
    if (budget === undefined || selfFed.has(meter)) continue;
    const isDead =
      operand === undefined
        ? isWhole(cost) && isWhole(budget.max) && budget.max < cost
        : isBelowLeast(site, operand, budget.max);
    if (!isDead) continue;
    const cause = `a call costs more of the meter ${quote(meter)} than ${quote(below("/budgets", meter, "max"))} admits`;
    dead(pointer, cause, [site]);
  }
};

function isWhole(written: unknown): written is number {
  return Number.isInteger(written);
}

function isBelowLeast(site: EffectSite, operand: Operand, written: unknown): boolean {
  const max = readCandidate(operand.form, written)?.value;
  const least = leastAmount(constraintsOf(site, operand));
  return typeof max === "number" && least !== undefined && max >= 0 && max < least;
}
