/** What may be tried to have a bound hold, or not: other values for the fields that it looks at. */
import { candidatesOf } from "./candidates/candidates.ts";
import { distinct } from "./candidates/sample.ts";
import type { Change } from "./change.ts";
import type { FieldPlans } from "./field-plan.ts";

const mostFields = 6;
const mostRelated = 4;
const mostPaired = 12;

export type Moves = (bounds: readonly string[]) => readonly (readonly Change[])[];

/** One field at a time, and fields that are related to each other both at once. */
export function planMoves(plans: FieldPlans, fieldsOf: ReadonlyMap<string, readonly string[]>): Moves {
  const values = (key: string) => {
    const plan = plans.get(key);
    return plan === undefined ? [] : candidatesOf(plan, plans).map((value) => ({ path: ["fields", key], value }));
  };
  return (bounds) => {
    const keys = distinct(
      bounds.flatMap((id) => fieldsOf.get(id) ?? []),
      mostFields,
    );
    const single = keys.flatMap((key) => values(key).map((change) => [change]));
    const related = keys.flatMap((key) => distinct(plans.get(key)?.partners ?? [], 2).map((partner) => [key, partner]));
    const pairs = related.slice(0, mostRelated).flatMap(([left = "", right = ""]) => {
      const [lefts, rights] = [values(left).slice(0, mostPaired), values(right).slice(0, mostPaired)];
      return lefts.flatMap((one) => rights.map((other) => [one, other]));
    });
    return [...single, ...pairs];
  };
}
