/** Texts that an envelope lists, in the order in which they are likely to be allowed, and some that it does not list. */
import type { FieldPlan } from "../field-plan.ts";
import { sample, textsOf } from "./sample.ts";

export interface Texts {
  /** From `oneOf`, `equals` and `subsetOf`; for names also from `under`, each an ancestor. */
  readonly admitted: readonly string[];
  readonly ancestors: readonly string[];
  /** From `noneOf`, `disjointFrom`; ancestors from `noneUnder`. */
  readonly refused: readonly string[];
  readonly refusedAncestors: readonly string[];
  readonly matched: readonly string[];
}

export function textsAround({ operators, when }: FieldPlan): Texts {
  const listed = (...ops: readonly string[]) =>
    operators.flatMap((operator) => {
      if (!ops.includes(operator.op)) return [];
      if ("values" in operator) return textsOf(operator.values);
      return "value" in operator && typeof operator.value === "string" ? [operator.value] : [];
    });
  return {
    admitted: listed("oneOf", "equals", "subsetOf"),
    ancestors: listed("under"),
    refused: listed("noneOf", "disjointFrom"),
    refusedAncestors: listed("noneUnder"),
    matched: when.flatMap((condition) => {
      if (condition.op === "oneOf") return "booleans" in condition.values ? [] : sample(textsOf(condition.values));
      return typeof condition.value === "string" ? [condition.value] : [];
    }),
  };
}

/** A text that begins like the first that is listed, and is none of them. */
export function strangerTo(listed: readonly string[]): string {
  const known = new Set(listed);
  const [first] = listed;
  let text = first === undefined ? "anything" : `${first}x`;
  while (known.has(text)) text += "x";
  return text;
}
