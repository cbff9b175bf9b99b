/** The rows that judge amounts: per call, per session, budgets, velocity, and relations between fields. */
import type { Bound, Cost } from "../../../../schema/normalised.ts";
import { CompileBug } from "../compile-bug.ts";
import { type Condition, given, type Leaf, read, test } from "../condition.ts";
import { atMost, equal, less, literal, minus, not } from "../expression.ts";
import * as leaves from "./leaves.ts";
import { atLeast, below, noMoreThan } from "./number.ts";
import { extremes, readOperand } from "./operand.ts";

export function perCall(bound: Bound<"perCall">): Condition {
  if (bound.min > bound.max) return false;
  const { min, max } = extremes(bound);
  return given(readOperand(bound).given, atLeast(bound.min, min), noMoreThan(max, bound.max));
}

/** `0 ≤ used ≤ max` and `0 ≤ cost ≤ max − used`: the difference is taken only within [0, max]. */
export function meter({
  id,
  max,
  cost,
}: {
  readonly id: string;
  readonly max: number;
  readonly cost: Cost;
}): Condition {
  const used = leaves.meter(id);
  if ("constant" in cost) {
    if (cost.constant < 0 || cost.constant > max) return false;
    return given([used], atLeast(0, used), noMoreThan(used, max - cost.constant));
  }
  if (max < 0) return false;
  const value = leaves.number(cost.field);
  const hasRoom = test(atMost(read(value), minus(literal(max), read(used))));
  return given([used, value], atLeast(0, used), noMoreThan(used, max), atLeast(0, value), hasRoom);
}

export function velocity({ id, max }: Bound<"velocity">): Condition {
  if (max <= 0) return false;
  const allowed = leaves.velocity(id);
  return given([allowed], atLeast(0, allowed), below(allowed, max));
}

export function relations({ left, op, right, shape }: Bound<"relations">): Condition {
  if (shape === "range") throw new CompileBug(`\`${left}\` and \`${right}\` cannot be compared: they are ranges`);
  const a = readOperand({ field: left, shape });
  const b = readOperand({ field: right, shape });
  const present = left === right ? a.given : [...a.given, ...b.given];
  return given(present, ...countsOf(present), test(related(a.value, op, b.value)));
}

const countsOf = (present: readonly Leaf[]): readonly Condition[] =>
  present.filter(({ path }) => path[0] === "fields" && path[2] === "count").map((count) => atLeast(0, count));

function related(left: Leaf, op: Bound<"relations">["op"], right: Leaf) {
  const [a, b] = [read(left), read(right)];
  switch (op) {
    case "==":
      return equal(a, b);
    case "!=":
      return not(equal(a, b));
    case "<":
      return less(a, b);
    case "<=":
      return atMost(a, b);
  }
}
