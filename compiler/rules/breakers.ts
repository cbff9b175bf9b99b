import type { Envelope } from "../../schema/envelope.ts";
import { below, type Rule, type RuleContext } from "./rule.ts";
import { checkAmount, freeDecimal } from "./written-value.ts";

type MetricCondition = NonNullable<Envelope["breakers"]>[number]["when"][number];

/** The thresholds of a breaker are of the metric's type (SPEC §2, §10). */
export const breakers: Rule = (envelope, context) => {
  for (const [i, { when }] of (envelope.breakers ?? []).entries()) {
    for (const [j, condition] of when.entries()) {
      const pointer = below("/breakers", i, "when", j);
      checkThreshold(context, condition, condition.atLeast, below(pointer, "atLeast"));
      checkThreshold(context, condition, condition.atMost, below(pointer, "atMost"));
    }
  }
};

function checkThreshold(context: RuleContext, { metric }: MetricCondition, written: unknown, pointer: string): void {
  const type = context.registry.metrics.get(metric)?.type;
  if (written === undefined || type === undefined) return;
  checkAmount(context, type === "decimal" ? freeDecimal(written) : { is: "integer" }, written, pointer);
}
