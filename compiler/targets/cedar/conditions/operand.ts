/** What a decoded field's shape means for reading it: all of its leaves must be there, whichever of them is compared. */
import type { Operand, Shape } from "../../../../schema/normalised.ts";
import type { Leaf } from "../condition.ts";
import * as leaves from "./leaves.ts";

export interface ReadOperand {
  /** What must be present for the operand to count. */
  readonly given: readonly Leaf[];
  /** What is compared by `==`, `oneOf` and order: a number, a boolean, a string, the name itself, the items of a set. */
  readonly value: Leaf;
}

export function readOperand({ field, shape }: Operand): ReadOperand {
  switch (shape) {
    case "number":
      return single(leaves.number(field));
    case "boolean":
      return single(leaves.boolean(field));
    case "text":
      return single(leaves.text(field));
    case "name": {
      const { value, under } = leaves.name(field);
      return { given: [value, under], value };
    }
    case "range": {
      const { min, max } = leaves.range(field);
      return { given: [min, max], value: max };
    }
    case "numberSet":
    case "textSet":
    case "nameSet": {
      const { count, items } = leaves.set(field, elementOf(shape));
      return { given: [count, items], value: items };
    }
  }
}

/** The smallest and the largest that a number field stands for. */
export function extremes({ field, shape }: Operand): { readonly min: Leaf; readonly max: Leaf } {
  if (shape === "range") return leaves.range(field);
  return { min: leaves.number(field), max: leaves.number(field) };
}

export function isSet(shape: Shape): shape is "numberSet" | "textSet" | "nameSet" {
  return shape === "numberSet" || shape === "textSet" || shape === "nameSet";
}

export function elementOf(shape: "numberSet" | "textSet" | "nameSet"): "number" | "text" {
  return shape === "numberSet" ? "number" : "text";
}

const single = (value: Leaf): ReadOperand => ({ given: [value], value });
