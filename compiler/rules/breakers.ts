import type { Envelope } from "../../schema/envelope.ts";
import { quote } from "../diagnostics/quote.ts";
import { below, type Rule, type RuleContext } from "./rule.ts";
import { checkAmount, freeDecimal, shown } from "./written-value.ts";

type MetricCondition = NonNullable<Envelope["breakers"]>[number]["when"][number];

/** The conditions of a breaker have exactly one threshold, of the metric's type (SPEC §2, §10). */
export const breakers: Rule = (envelope, context) => {
  for (const [i, { id, when }] of (envelope.breakers ?? []).entries()) {
    for (const [j, condition] of when.entries()) {
      const pointer = below("/breakers", i, "when", j);
      const found = (["atLeast", "atMost"] as const).filter((name) => condition[name] !== undefined);
      if (found.length !== 1) {
        const place = `a condition of breaker ${quote(id)}`;
        context.report("key/exactly_one", pointer, { names: ["atLeast", "atMost"], found, place });
      }
      for (const name of found) checkThreshold(context, condition, condition[name], below(pointer, name));
    }
  }
};

function checkThreshold(context: RuleContext, { metric }: MetricCondition, written: unknown, pointer: string): void {
  const registered = context.registry.metrics.get(metric);
  if (registered === undefined) return;
  if (registered.type === "integer" && typeof written === "string") {
    context.report("type/wrong_type", pointer, { expected: "an integer", found: shown(written) });
    return;
  }
  checkAmount(context, registered.type === "decimal" ? freeDecimal(written) : { is: "integer" }, written, pointer);
}
