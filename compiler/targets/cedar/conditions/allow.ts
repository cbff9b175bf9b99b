/** `effects/<e>/allow/<field>`: every operator written for the field holds. */
import { slotLimit } from "../../../../schema/cedar/names.ts";
import type { Bound, Members, Operator } from "../../../../schema/normalised.ts";
import { CompileBug } from "../compile-bug.ts";
import { any, type Condition, given, type Leaf, read, test } from "../condition.ts";
import { contains, containsAll, equal, literal } from "../expression.ts";
import * as leaves from "./leaves.ts";
import { atLeast, noMoreThan } from "./number.ts";
import { isSet, readOperand } from "./operand.ts";
import { isDisjoint, isNoneOf, isOneOf, isSubset, listed, meets, membersOf } from "./values.ts";

export function allow(bound: Bound<"allow">): Condition {
  const { given: present, value } = readOperand(bound);
  const conditions = bound.operators.map((operator) => operate(bound, operator, value));
  return given(present, ...(isSet(bound.shape) ? [wholeSet(bound)] : []), ...conditions);
}

/** The count of a set is taken as it stands, but it is none below zero. */
const wholeSet = ({ field }: Bound<"allow">): Condition => atLeast(0, leaves.set(field, "text").count);

function operate(bound: Bound<"allow">, operator: Operator, value: Leaf): Condition {
  const sent = read(value);
  switch (operator.op) {
    case "oneOf":
      return isOneOf(sent, listed(operator.values));
    case "noneOf":
      return isNoneOf(sent, listed(operator.values));
    case "equals":
      return test(equal(sent, literal(operator.value)));
    case "subsetOf":
      return isSubset(sent, listed(operator.values));
    case "disjointFrom":
      return isDisjoint(sent, listed(operator.values));
    case "minItems":
      return atLeast(operator.value, countOf(bound));
    case "maxItems":
      return noMoreThan(countOf(bound), operator.value);
    case "under":
      return bound.shape === "nameSet" ? everyUnder(bound, operator.values) : nameUnder(bound, operator.values);
    case "noneUnder":
      return bound.shape === "nameSet" ? noneUnder(bound, operator.values) : nameNotUnder(bound, operator.values);
    case "producedBy": {
      const produced = leaves.produced(operator.fact, operator.element);
      const compare = isSet(bound.shape) ? containsAll : contains;
      return given([produced], test(compare(read(produced), sent)));
    }
  }
}

function countOf({ field, shape }: Bound<"allow">): Leaf {
  if (!isSet(shape)) throw new CompileBug(`\`${field}\` is counted, but it is no set`);
  return leaves.set(field, "text").count;
}

function nameUnder(bound: Bound<"allow">, { texts }: Texts): Condition {
  return meets(read(ancestorsOf(bound)), membersOf(texts));
}

function nameNotUnder(bound: Bound<"allow">, { texts }: Texts): Condition {
  return isDisjoint(read(ancestorsOf(bound)), membersOf(texts));
}

function ancestorsOf({ field, shape }: Bound<"allow">): Leaf {
  if (shape !== "name") throw new CompileBug(`\`${field}\` is judged by ancestors, but it has none`);
  return leaves.name(field).under;
}

interface Texts {
  readonly texts: Members;
}

/**
 * Slot by slot, up to the largest set that another operator or the language admits. The first slot is asked for even of
 * an empty set: only ancestors that are mistyped leave it out.
 */
function everyUnder(bound: Bound<"allow">, { texts }: Texts): Condition {
  const limits = bound.operators.flatMap((operator) => (operator.op === "maxItems" ? [operator.value] : []));
  const limit = Math.min(slotLimit, ...limits);
  const count = countOf(bound);
  const slots = leaves.slots(bound.field, Math.max(1, limit));
  const slotsHold = slots.map((slot, index) =>
    any([noMoreThan(count, index), given([slot], meets(read(slot), membersOf(texts)))]),
  );
  const fits = limits.includes(limit) || noMoreThan(count, limit);
  return given(slots.slice(0, 1), fits, ...slotsHold);
}

function noneUnder({ field }: Bound<"allow">, { texts }: Texts): Condition {
  const union = leaves.union(field);
  return given([union], isDisjoint(read(union), membersOf(texts)));
}
