/** The rows that are judged for every request (SPEC §3, down to `granted`). */
import type { Bound } from "../../../../schema/normalised.ts";
import { type Condition, given, read, test } from "../condition.ts";
import { atMost, entity, equal, less, literal, variable } from "../expression.ts";
import * as leaves from "./leaves.ts";
import { atLeast, below, elapsed } from "./number.ts";
import type { Place } from "./place.ts";
import { isNoneOf, isOneOf, membersOf } from "./values.ts";

export const kill = (): Condition => given([leaves.killed], test(equal(read(leaves.killed), literal(false))));

export const halt = (): Condition => given([leaves.halted], test(equal(read(leaves.halted), literal(false))));

export const phase = (): Condition => given([leaves.phase], test(equal(read(leaves.phase), literal("active"))));

export const notBefore = ({ at }: Bound<"notBefore">): Condition => given([leaves.now], atLeast(at, leaves.now));

export const expiresAt = ({ at }: Bound<"expiresAt">): Condition => given([leaves.now], below(leaves.now, at));

export function duration({ max }: Bound<"duration">): Condition {
  if (max <= 0) return false;
  const { activatedAt, now } = leaves;
  return given([activatedAt, now], ...elapsed(activatedAt, now, (age) => less(age, literal(max))));
}

export const principal = ({ is }: Bound<"principal">): Condition =>
  test(equal(variable("principal"), entity("principal", is)));

/** Not judged for effects that it does not name. */
export function evidence({ name, maxAge, effects }: Bound<"evidence">, { action }: Place): Condition | undefined {
  if (effects !== undefined && !Object.hasOwn(effects, action)) return undefined;
  if (maxAge < 0) return false;
  const seen = leaves.evidence(name);
  return given([seen, leaves.now], ...elapsed(seen, leaves.now, (age) => atMost(age, literal(maxAge))));
}

export function forbidden(bound: Bound<"forbidden">, { action }: Place): Condition {
  if ("effects" in bound) return !Object.hasOwn(bound.effects, action);
  return given([leaves.tool], isNoneOf(read(leaves.tool), [bound.tool]));
}

export function granted(_: Bound<"granted">, { tools }: Place): Condition {
  return tools === undefined ? false : given([leaves.tool], isOneOf(read(leaves.tool), membersOf(tools)));
}
