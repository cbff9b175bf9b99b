/** Values to try for a field, as they stand in a request: the likeliest to be allowed first. */
import type { NameValue } from "../../../../schema/request.ts";
import type { FieldPlan, FieldPlans } from "../field-plan.ts";
import { below, nameOf, outsiders } from "./names.ts";
import { numbersAround } from "./numbers.ts";
import { distinct, sample } from "./sample.ts";
import { type Element, hollow, setOf } from "./sets.ts";
import { strangerTo, type Texts, textsAround } from "./texts.ts";

const mostCandidates = 24;

/** Those of the field, and those of the fields that it is related to. */
export function candidatesOf(plan: FieldPlan, plans: FieldPlans): readonly unknown[] {
  const partners = distinct(plan.partners, 4).flatMap((key) => plans.get(key) ?? []);
  return distinct([...valuesOf(plan), ...partners.flatMap(valuesOf), ...common(plan, partners)], mostCandidates);
}

function valuesOf(plan: FieldPlan): readonly unknown[] {
  switch (plan.shape) {
    case "number":
      return distinct(numbersAround(plan), mostCandidates);
    case "range":
      return distinct(numbersAround(plan), mostCandidates).map((number) => ({ min: number, max: number }));
    case "boolean":
      return [...plan.operators.flatMap((operator) => (operator.op === "equals" ? [operator.value] : [])), false, true];
    case "text":
      return textValues(plan);
    case "name":
      return nameValues(plan);
    case "numberSet":
    case "textSet":
    case "nameSet":
      return setValues(plan);
  }
}

function textValues(plan: FieldPlan): readonly string[] {
  const { admitted, refused, matched } = textsAround(plan);
  const stranger = strangerTo([...admitted, ...refused, ...matched]);
  const strangers = [stranger, strangerTo([stranger, ...admitted, ...refused, ...matched])];
  return [...sample(notIn(admitted, refused)), ...matched, ...strangers, ...sample(admitted), ...sample(refused)];
}

function nameValues(plan: FieldPlan): readonly NameValue[] {
  const { form } = plan;
  const texts = textsAround(plan);
  const { admitted, ancestors, refused, refusedAncestors, matched } = texts;
  const named = (list: readonly string[]) => list.map((text) => nameOf(form, text));
  const isRefused = ({ value, under }: NameValue) =>
    refused.includes(value) || refusedAncestors.some((text) => under.includes(text));
  const isUnder = ({ under }: NameValue) => ancestors.length === 0 || ancestors.some((text) => under.includes(text));
  const names = [
    ...sample(named(admitted.slice(0, mostParsed)).filter((name) => isUnder(name) && !isRefused(name))),
    ...named(sample(admitted)),
    ...sample(notIn(ancestors, refusedAncestors)).flatMap((text) => [below(form, text), nameOf(form, text)]),
    ...named(matched),
    ...outsiders(form, admitted[0] ?? ancestors[0]),
    ...orphans(texts),
    ...named(sample(refused)),
    ...sample(refusedAncestors).map((text) => below(form, text)),
  ];
  return [...names.filter((name) => !isRefused(name)), ...names.filter(isRefused)];
}

/**
 * Names below nothing, or below what they are not, which no decoder makes: where every true name is refused, or only one
 * admitted, they are what else is.
 */
function orphans({ admitted, ancestors, refusedAncestors }: Texts): readonly NameValue[] {
  const strangers = distinct([admitted[0] ?? ancestors[0] ?? "outside", "outside", "farther"], 3);
  const below = notIn(ancestors, refusedAncestors).slice(0, 1);
  return [
    ...strangers.map((value) => ({ value, under: [value] })),
    ...below.map((ancestor) => ({ value: "outside", under: ["outside", ancestor] })),
  ];
}

/** Of the names in a list, no more are looked at in search of one that other operators admit too. */
const mostParsed = 200;

function setValues(plan: FieldPlan): readonly unknown[] {
  const least = Math.max(
    1,
    ...plan.operators.flatMap((operator) => (operator.op === "minItems" ? [operator.value] : [])),
  );
  const most = plan.operators.flatMap((operator) => (operator.op === "maxItems" ? [operator.value] : []));
  const count = Math.min(least, ...most);
  const elements = elementsOf(plan);
  return [
    setOf(elements.slice(0, Math.max(1, Math.min(count, 2))), count),
    ...elements.map((element) => setOf([element], count)),
    setOf(elements.slice(0, 2), Math.max(count, 2)),
    hollow(elements[0], 0),
    hollow(elements[0], count),
  ];
}

function elementsOf(plan: FieldPlan): readonly Element[] {
  switch (plan.shape) {
    case "numberSet":
      return distinct(numbersAround(plan), 6);
    case "textSet":
      return distinct(textValues(plan), 6);
    default:
      return distinct([...distinct(nameValues(plan), 6), ...orphans(textsAround(plan))], 9);
  }
}

/** What a field and its partners list together: what `==` may need, wherever in the lists it stands. */
function common(plan: FieldPlan, partners: readonly FieldPlan[]): readonly unknown[] {
  if (plan.shape !== "text" && plan.shape !== "name") return [];
  const own = new Set(textsAround(plan).admitted);
  const shared = partners.flatMap((partner) => textsAround(partner).admitted.filter((text) => own.has(text)));
  return sample(shared).map((text) => (plan.shape === "name" ? nameOf(plan.form, text) : text));
}

function notIn(list: readonly string[], others: readonly string[]): readonly string[] {
  const refused = new Set(others);
  return list.filter((text) => !refused.has(text));
}
