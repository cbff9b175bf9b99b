/** Comparisons of whole numbers that cannot overflow: limits are compared, nothing is added up. */
import { type Condition, type Leaf, read, test } from "../condition.ts";
import { atMost, type Expr, less, literal, minus } from "../expression.ts";

export function atLeast(least: number, value: Leaf): Condition {
  return test(atMost(literal(least), read(value)));
}

export function noMoreThan(value: Leaf, most: number): Condition {
  return test(atMost(read(value), literal(most)));
}

export function below(value: Leaf, limit: number): Condition {
  return test(less(read(value), literal(limit)));
}

export function above(limit: number, value: Leaf): Condition {
  return test(less(literal(limit), read(value)));
}

/**
 * The conditions under which `moment` lies in the past of `now`, and what is left of it compared. Both stay within the
 * range of safe integers, so that the difference stays within 64 bits.
 */
export function elapsed(moment: Leaf, now: Leaf, compare: (elapsed: Expr) => Expr): readonly Condition[] {
  return [
    atLeast(Number.MIN_SAFE_INTEGER, moment),
    test(atMost(read(moment), read(now))),
    noMoreThan(now, Number.MAX_SAFE_INTEGER),
    test(compare(minus(read(now), read(moment)))),
  ];
}
