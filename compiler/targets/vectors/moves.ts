/** What may be tried to have a bound hold, or not: other values for the fields that it looks at. */
import { candidatesOf } from "./candidates/candidates.ts";
import { distinct } from "./candidates/sample.ts";
import type { Change } from "./change.ts";
import type { FieldPlans } from "./field-plan.ts";

const mostFields = 6;
const mostPairs = 12;

export type Moves = (bounds: readonly string[]) => readonly (readonly Change[])[];

/** One field at a time, and for bounds that look at two fields both at once. */
export function planMoves(plans: FieldPlans, fieldsOf: ReadonlyMap<string, readonly string[]>): Moves {
  const values = (key: string) => {
    const plan = plans.get(key);
    return plan === undefined ? [] : candidatesOf(plan, plans).map((value) => ({ path: ["fields", key], value }));
  };
  return (bounds) => {
    const looked = bounds.map((id) => fieldsOf.get(id) ?? []);
    const single = distinct(looked.flat(), mostFields).flatMap((key) => values(key).map((change) => [change]));
    const pairs = looked
      .filter((keys) => keys.length === 2)
      .slice(0, 2)
      .flatMap(([left = "", right = ""]) => {
        const [lefts, rights] = [values(left).slice(0, mostPairs), values(right).slice(0, mostPairs)];
        return lefts.flatMap((one) => rights.map((other) => [one, other]));
      });
    return [...single, ...pairs];
  };
}
