import type { Envelope } from "../../../schema/envelope.ts";
import { below, own } from "../../rules/rule.ts";
import type { Side } from "../side.ts";
import { memberOf, operandOn } from "../values/domain.ts";
import type { Report } from "../widening.ts";

/** Each meter that the effect feeds in `b`, it feeds as much in `a`, up to no more. */
export function compareBudgets(a: Side, b: Side, report: Report): void {
  if (a.envelope.budgets.actions.max > b.envelope.budgets.actions.max)
    report("/budgets/actions/max", "the limit is higher");
  if (b.effect.external && mostExternal(a.envelope) > mostExternal(b.envelope))
    report("/budgets/externalCalls/max", "the limit is higher");
  for (const [meter, cost] of Object.entries(b.effect.consumes ?? {})) {
    if (own(a.effect.consumes, meter) !== cost) {
      report(below(a.pointer, "consumes", meter), "the meter is not fed the same");
      continue;
    }
    const pointer = below("/budgets", meter);
    if (unitOf(a, meter) !== unitOf(b, meter)) report(below(pointer, "unit"), "the unit is another one");
    if (mostOf(a, meter, cost) > mostOf(b, meter, cost)) report(below(pointer, "max"), "the limit is higher");
  }
}

function mostExternal({ budgets }: Envelope): number {
  return budgets.externalCalls?.max ?? 0;
}

function unitOf({ envelope }: Side, meter: string): string | undefined {
  const budget = own(envelope.budgets, meter);
  return budget !== undefined && "unit" in budget ? budget.unit : undefined;
}

function mostOf(side: Side, meter: string, cost: string | number): number {
  const max = own(side.envelope.budgets, meter)?.max;
  return typeof cost === "number" ? Number(max) : Number(memberOf(operandOn(side, cost).form, max).value);
}
