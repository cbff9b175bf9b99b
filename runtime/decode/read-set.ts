import type { FieldValue } from "../../schema/request.ts";
import { argumentAt, type Reading, readValue } from "./argument.ts";
import { describePlace, mismatch } from "./describe.ts";
import type { FieldPlan } from "./field.ts";
import { collect, type Element, type Elements, outerArray } from "./resolve.ts";
import { type ElementValue, itemOf, makeSet } from "./set.ts";

type SetPlan = Extract<FieldPlan, { form: "set" }>;

/** Decodes a set: the elements of one array, or what `*` collects. Each bad element is a failure of its own. */
export function readSet(plan: SetPlan, reading: Reading): FieldValue | undefined {
  const { args, failures } = reading;
  const { elements, complete } = plan.tokens.includes("*")
    ? collect(args, plan.tokens, false, failures)
    : elementsAt(plan, reading);
  if (elements.length > plan.limit) {
    const place = outerArray(plan.tokens);
    const message = `${describePlace(place)} has ${elements.length} elements, more than ${plan.limit}`;
    failures.block(place, message);
    return undefined;
  }
  const values = elements.map((element) => readElement(plan, element, reading));
  if (plan.unique) refuseDuplicates(elements, values, reading);
  const items = values.filter((value) => value !== undefined);
  return !complete || items.length < values.length ? undefined : makeSet(items, plan.named);
}

function elementsAt({ tokens, fallback }: SetPlan, reading: Reading): Elements {
  const node = argumentAt(tokens, fallback, reading);
  if (node?.kind === "array") {
    const elements = node.elements.map((element, i) => ({ node: element, place: [...tokens, i] }));
    return { elements, complete: true };
  }
  if (node !== undefined) reading.failures.block(tokens, mismatch(tokens, "an array", node));
  return { elements: [], complete: false };
}

function readElement(plan: SetPlan, { node, place }: Element, { failures }: Reading): ElementValue | undefined {
  const value = readValue(plan.read, node, place, failures);
  if (typeof value === "boolean") return undefined;
  // No set has URLs as elements.
  return typeof value === "object" && !("value" in value) ? undefined : value;
}

/** After canonicalisation: what names the same thing is the same element. */
function refuseDuplicates(
  elements: readonly Element[],
  values: readonly (ElementValue | undefined)[],
  { failures }: Reading,
): void {
  const seen = new Set<number | string>();
  for (const [i, { node, place }] of elements.entries()) {
    const value = values[i];
    if (value === undefined) continue;
    if (seen.has(itemOf(value))) failures.add(place, mismatch(place, "an element that is not there before", node));
    seen.add(itemOf(value));
  }
}
