/** How the elements of an array become one number: arguments that come to a wanted value. */
import fc from "fast-check";
import type { Aggregate } from "../../../schema/envelope.ts";
import type { FieldValue } from "../../../schema/request.ts";

export interface Folding {
  readonly aggregate: Aggregate | undefined;
  /** The elements lie in two arrays within an array. */
  readonly nested: boolean;
}

export const plain: Folding = { aggregate: undefined, nested: false };

export const folding: fc.Arbitrary<Folding> = fc.record({
  aggregate: fc.constantFrom<(Aggregate | undefined)[]>(
    undefined,
    undefined,
    undefined,
    "sum",
    "max",
    "min",
    "count",
    "each",
  ),
  nested: fc.boolean(),
});

export function pointerOf(name: string, { aggregate, nested }: Folding): string {
  if (aggregate === undefined) return `/${name}`;
  return nested ? `/${name}/*/w/*/v` : `/${name}/*/v`;
}

/** Session limits and meters take these. */
export function canSum({ aggregate }: Folding): boolean {
  return aggregate !== "each" && aggregate !== "min";
}

/** What the field decodes to; `low` is the other element of `each`. */
export function decodedOf(value: number, low: number, { aggregate }: Folding): FieldValue {
  return aggregate === "each" ? { min: Math.min(value, low), max: Math.max(value, low) } : value;
}

/** An argument, or an array of elements, that come to the value. */
export function spread(value: number, low: number, sent: (value: number) => unknown, folding: Folding): unknown {
  if (folding.aggregate === undefined) return sent(value);
  const elements = numbersFor(value, low, folding.aggregate).map((each) => ({ v: sent(each) }));
  if (!folding.nested) return elements;
  return [{ w: elements.slice(0, 1) }, { w: elements.slice(1) }].filter(({ w }) => w.length > 0);
}

function numbersFor(value: number, low: number, aggregate: Aggregate): readonly number[] {
  switch (aggregate) {
    case "sum":
      return value > 1 && value < Number.MAX_SAFE_INTEGER ? [value - 1, 1] : [value];
    case "max":
      return [Math.min(value, 0), value];
    case "min":
      return [value, Math.min(value + 1, Number.MAX_SAFE_INTEGER)];
    case "each":
      return [value, low];
    case "count":
      return Array.from({ length: value }, () => 1);
  }
}
