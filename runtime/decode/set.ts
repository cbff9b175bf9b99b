import { codePointCompare } from "../../schema/json/canonical.ts";
import type { NameValue, SetValue } from "../../schema/request.ts";

/** One element of a set: a number, a string, or a name with its ancestors. */
export type ElementValue = number | string | NameValue;

/** What two elements are told apart by, and sorted by. */
export function itemOf(element: ElementValue): number | string {
  return typeof element === "object" ? element.value : element;
}

/** Sorted (numbers by value, strings by code point), duplicates collapsed; `named` for elements with ancestors. */
export function makeSet(elements: readonly ElementValue[], named: boolean): SetValue {
  const distinct = new Map<number | string, ElementValue>();
  for (const element of elements) distinct.set(itemOf(element), element);
  const sorted = [...distinct].sort(([a], [b]) => compareItems(a, b));
  const set = { count: sorted.length, items: sorted.map(([item]) => item) };
  if (!named) return set;
  return { ...set, under: sorted.flatMap(([, element]) => (typeof element === "object" ? [element.under] : [])) };
}

function compareItems(a: number | string, b: number | string): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return codePointCompare(String(a), String(b));
}
