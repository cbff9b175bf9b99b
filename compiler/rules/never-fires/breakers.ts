import type { Envelope } from "../../../schema/envelope.ts";
import { quote } from "../../diagnostics/quote.ts";
import { emptyRange } from "../empty-range.ts";
import { below, type Rule } from "../rule.ts";

type MetricCondition = NonNullable<Envelope["breakers"]>[number]["when"][number];

/** What the session counts itself: no value below or above can ever be measured (SPEC §10, `hold_rate` of the last 100 decisions). */
const counted: ReadonlyMap<string, { readonly least: number; readonly most: number }> = new Map([
  ["error_streak", { least: 0, most: Number.MAX_SAFE_INTEGER }],
  ["denial_streak", { least: 0, most: Number.MAX_SAFE_INTEGER }],
  ["hold_rate", { least: 0, most: 100 }],
]);

/** A breaker that no values of its metrics trip: nobody should count on it. */
export const neverTrips: Rule = ({ breakers = [] }, { report }) => {
  for (const [i, { when }] of breakers.entries()) {
    const at = when.findIndex((condition) => isUnreachable(condition));
    const pair = at >= 0 ? undefined : opposed(when);
    if (at < 0 && pair === undefined) continue;
    const pointer = at >= 0 ? below("/breakers", i, "when", at) : below("/breakers", i, "when");
    const metric = at >= 0 ? when[at]?.metric : pair;
    const cause = `no value of ${quote(metric ?? "")} meets ${at >= 0 ? "the condition" : "all conditions"}`;
    report("fires/never_fires", pointer, { cause, effects: [], what: "the breaker trips at no value" });
  }
};

function isUnreachable({ metric, atLeast, atMost }: MetricCondition): boolean {
  const range = counted.get(metric);
  if (range === undefined) return false;
  return emptyRange(atLeast, range.most) || emptyRange(range.least, atMost);
}

/** The metric that is asked to be at least more than it may be at most. */
function opposed(when: readonly MetricCondition[]): string | undefined {
  return when.find(({ metric, atLeast }) =>
    when.some((other) => other.metric === metric && emptyRange(atLeast, other.atMost)),
  )?.metric;
}
