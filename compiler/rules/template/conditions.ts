import type { ActivationCondition, NamesAre, Template } from "../../../schema/template.ts";
import { checkNotNegative } from "../per-call.ts";
import { below, entries, own, type RuleContext } from "../rule.ts";
import { meantAmong } from "../unknown.ts";
import { checkAmount, freeDecimal } from "../written-value.ts";
import type { TemplateRule } from "./rule.ts";

/** What `autoApprove` and `requireHuman` name exists, and the amounts are amounts. */
export const conditions: TemplateRule = (template, context) => {
  for (const list of ["autoApprove", "requireHuman"] as const)
    for (const [i, condition] of template[list].entries()) check(template, condition, below("", list, i), context);
};

function check(template: Template, condition: ActivationCondition, pointer: string, context: RuleContext): void {
  const { catalogue, budgets } = template;
  const { report } = context;
  for (const [i, name] of namesOf(condition.capabilities)) {
    if (context.registry.flags.includes(name)) continue;
    const meant = meantAmong(name, context.registry.flags);
    report("ref/unregistered", below(pointer, "capabilities", ...i), { kind: "flag", name, ...meant });
  }
  for (const kind of ["effects", "tags"] as const) {
    for (const [i, name] of namesOf(condition[kind])) {
      if (catalogue[kind].includes(name)) continue;
      report("ref/not_in_catalogue", below(pointer, kind, ...i), { kind, name, ...meantAmong(name, catalogue[kind]) });
    }
  }
  for (const [meter, limits] of entries(condition.budgets)) {
    const place = below(pointer, "budgets", meter);
    const budget = own(budgets, meter);
    if (budget === undefined)
      report("ref/unknown_meter", place, { name: meter, ...meantAmong(meter, Object.keys(budgets)) }, { at: "key" });
    else
      for (const [name, written] of entries<unknown>({ ...limits }))
        checkLimit(context, budget.max, written, below(place, name));
  }
  for (const [name, written] of entries<unknown>({ ...condition.maxDurationSeconds }))
    checkLimit(context, 0, written, below(pointer, "maxDurationSeconds", name));
}

/** Written as what it is compared with is, and never negative. */
function checkLimit(context: RuleContext, like: unknown, written: unknown, pointer: string): void {
  const form = typeof like === "string" ? freeDecimal(written) : ({ is: "integer" } as const);
  checkNotNegative(context, checkAmount(context, form, written, pointer), written, pointer);
}

function namesOf(names: NamesAre | undefined): readonly (readonly [readonly [string, number], string])[] {
  return entries<readonly string[]>({ ...names }).flatMap(([member, list]) =>
    list.map((name, i) => [[member, i], name] as const),
  );
}
