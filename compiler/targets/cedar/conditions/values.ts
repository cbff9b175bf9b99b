/** Comparing one value with those that an envelope lists. A list is never empty in Cedar: an empty one is a constant. */
import { codePointCompare } from "../../../../schema/json/canonical.ts";
import type { Members, Values } from "../../../../schema/normalised.ts";
import { type Condition, test } from "../condition.ts";
import { contains, containsAll, containsAny, type Expr, equal, literal, not, setOf } from "../expression.ts";

type Listed = readonly (string | number)[];

export function membersOf(members: Members): readonly string[] {
  return Object.keys(members).sort(codePointCompare);
}

export function listed(values: Values): Listed {
  return "numbers" in values ? [...values.numbers].sort((a, b) => a - b) : membersOf(values.texts);
}

export function isOneOf(value: Expr, list: Listed): Condition {
  if (list.length === 0) return false;
  return test(list.length === 1 ? equal(value, literal(list[0]!)) : contains(setOf(list), value));
}

export function isNoneOf(value: Expr, list: Listed): Condition {
  if (list.length === 0) return true;
  return test(not(list.length === 1 ? equal(value, literal(list[0]!)) : contains(setOf(list), value)));
}

/** Every element of the set is listed. */
export function isSubset(items: Expr, list: Listed): Condition {
  return test(list.length === 0 ? { isEmpty: { arg: items } } : containsAll(setOf(list), items));
}

/** Some element of the set is listed. */
export function meets(items: Expr, list: Listed): Condition {
  return list.length === 0 ? false : test(containsAny(items, setOf(list)));
}

/** No element of the set is listed. */
export function isDisjoint(items: Expr, list: Listed): Condition {
  return list.length === 0 ? true : test(not(containsAny(items, setOf(list))));
}
