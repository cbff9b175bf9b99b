import type { FieldValue } from "../../schema/request.ts";
import type { UrlValue } from "../../schema/values/url.ts";
import { aggregateNumbers } from "./aggregate.ts";
import { argumentAt, type Reading, readValue } from "./argument.ts";
import { describePlace } from "./describe.ts";
import type { FieldPlan } from "./field.ts";
import { readSet } from "./read-set.ts";
import { collect, outerArray } from "./resolve.ts";

type PlanOf<F extends FieldPlan["form"]> = Extract<FieldPlan, { form: F }>;

/** Decodes one field; undefined, with the failures reported, if that is not possible. */
export function readField(plan: FieldPlan, reading: Reading): FieldValue | UrlValue | undefined {
  switch (plan.form) {
    case "scalar": {
      const node = argumentAt(plan.tokens, plan.fallback, reading);
      return node === undefined ? undefined : readValue(plan.read, node, plan.tokens, reading.failures);
    }
    case "numbers":
      return readNumbers(plan, reading);
    case "set":
      return readSet(plan, reading);
    case "span":
      return readSpan(plan, reading);
  }
}

function readNumbers(plan: PlanOf<"numbers">, { args, failures }: Reading): FieldValue | undefined {
  const emptyFails = plan.aggregate !== "sum" && plan.aggregate !== "count";
  const { elements, complete } = collect(args, plan.tokens, emptyFails, failures);
  const values = elements.map(({ node, place }) => readValue(plan.read, node, place, failures));
  const numbers = values.filter((value) => typeof value === "number");
  if (!complete || numbers.length < values.length) return undefined;
  const total = aggregateNumbers(plan.aggregate, numbers);
  if (total === undefined) {
    const place = outerArray(plan.tokens);
    failures.block(
      place,
      `the ${plan.aggregate} over ${describePlace(place)} exceeds 9007199254740991 (in minor units)`,
    );
  }
  return total;
}

function readSpan(plan: PlanOf<"span">, reading: Reading): number | undefined {
  const [from, until] = [plan.tokens, plan.until].map((tokens) => {
    const node = argumentAt(tokens, undefined, reading);
    return node === undefined ? undefined : readValue(plan.read, node, tokens, reading.failures);
  });
  if (typeof from !== "number" || typeof until !== "number") return undefined;
  if (until >= from) return until - from;
  reading.failures.add(plan.until, `${describePlace(plan.until)} is earlier than ${describePlace(plan.tokens)}`);
  return undefined;
}
