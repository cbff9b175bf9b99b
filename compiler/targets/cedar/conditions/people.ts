/** The rows that ask for people: `approval` and `channel`. */
import type { Bound, Condition as When } from "../../../../schema/normalised.ts";
import { all, any, type Condition, given, read, test } from "../condition.ts";
import { equal, literal, not } from "../expression.ts";
import * as leaves from "./leaves.ts";
import { above, atLeast, below } from "./number.ts";
import { extremes, readOperand } from "./operand.ts";
import { isNoneOf, listed } from "./values.ts";

export function channel({ id, keys }: Bound<"channel">): Condition {
  const approvals = leaves.approvals(id);
  return given([approvals], atLeast(keys, approvals));
}

/** Nobody is needed where every condition was compared and does not match. */
export function approval({ id, keys, when }: Bound<"approval">): Condition {
  const approvals = leaves.approvals(id);
  const approved = given([approvals], atLeast(keys, approvals));
  if (when === undefined || when.length === 0) return approved;
  return any([all(when.map((condition) => given(readOperand(condition).given, clear(condition)))), approved]);
}

/** The condition does not match. */
function clear(condition: When): Condition {
  const { value } = readOperand(condition);
  switch (condition.op) {
    case "min":
      return below(extremes(condition).max, condition.value);
    case "max":
      return above(condition.value, extremes(condition).min);
    case "equals":
      return test(not(equal(read(value), literal(condition.value))));
    case "oneOf":
      if (!("booleans" in condition.values)) return isNoneOf(read(value), listed(condition.values));
      return all(condition.values.booleans.map((boolean) => test(not(equal(read(value), literal(boolean))))));
  }
}
