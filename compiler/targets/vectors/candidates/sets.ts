/** Sets as a decoder hands them over: sorted, counted, and for names with the ancestors of each item. */
import { slotLimit } from "../../../../schema/cedar/names.ts";
import { codePointCompare } from "../../../../schema/json/canonical.ts";
import type { NameValue, SetValue } from "../../../../schema/request.ts";

/**
 * A set of these elements that counts as many as asked for. Facts are judged as they stand, so there may be fewer items than
 * counted; of ancestors there are lists for as many as are counted, up to the most that are judged.
 */
export function setOf(elements: readonly Element[], count: number): SetValue {
  const names = elements
    .filter((element) => typeof element === "object")
    .sort((a, b) => codePointCompare(a.value, b.value));
  if (names.length > 0) {
    return { count, items: names.map(({ value }) => value).slice(0, Math.max(count, 0)), under: slotsOf(names, count) };
  }
  const plain = elements.filter((element) => typeof element !== "object").sort(byValue);
  return { count, items: plain.slice(0, Math.max(count, 0)) };
}

export type Element = string | number | NameValue;

/** The empty set; and a set that counts items and has none, which no decoder makes. */
export function hollow(element: Element | undefined, count: number): SetValue {
  return typeof element === "object" ? { count, items: [], under: slotsOf([element], count) } : { count, items: [] };
}

function slotsOf(names: readonly NameValue[], count: number): readonly (readonly string[])[] {
  const slots = Math.min(Math.max(count, 0), slotLimit + 1);
  return Array.from({ length: slots }, (_, index) => names[index % names.length]!.under);
}

function byValue(a: string | number, b: string | number): number {
  return typeof a === "number" && typeof b === "number" ? a - b : codePointCompare(String(a), String(b));
}
