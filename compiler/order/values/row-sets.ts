/** Sets of which every one is listed: those that rows admit. */
import { isSet, type Operand } from "../../operands.ts";
import type { Side } from "../side.ts";
import { allowOn, ancestorsOf, liesUnder, type Member, memberOf, membersOf, operandOn } from "./domain.ts";

/** Whether rows of `a` list every set that it admits, and `b` admits them all. */
export function holdsOfEachSet(a: Side, b: Side, key: string): boolean {
  const { producedBy } = allowOn(b, key);
  if (producedBy !== undefined && producedBy !== allowOn(a, key).producedBy) return false;
  return (a.effect.rows ?? []).some(({ fields, oneOf }) => {
    const column = fields.indexOf(key);
    if (column < 0) return false;
    const { form } = operandOn(a, key);
    const sets = oneOf.map((row) => [row[column]].flat().map((written) => memberOf(form, written)));
    const isWritten = a.effect.allow !== undefined && Object.hasOwn(a.effect.allow, key);
    return sets.filter((set) => !isWritten || admits(a, key, set)).every((set) => admits(b, key, set));
  });
}

/** What the operators of a set say about one; never of `producedBy`, which depends on what has happened. */
function admits(side: Side, key: string, set: readonly Member[]): boolean {
  const operand: Operand = operandOn(side, key);
  if (!isSet(operand)) return false;
  const allow = allowOn(side, key);
  const { minItems = 1, maxItems = Number.POSITIVE_INFINITY } = allow;
  const count = new Set(set.map(({ value }) => value)).size;
  const subset = membersOf(side, operand, allow.subsetOf);
  const disjoint = membersOf(side, operand, allow.disjointFrom) ?? [];
  const under = ancestorsOf(side, operand, allow.under);
  const noneUnder = ancestorsOf(side, operand, allow.noneUnder) ?? [];
  const isAmong = ({ value }: Member, list: readonly Member[]) => list.some((each) => each.value === value);
  return (
    minItems <= count &&
    count <= maxItems &&
    set.every(
      (member) =>
        (subset === undefined || isAmong(member, subset)) &&
        !isAmong(member, disjoint) &&
        (under === undefined || liesUnder(member, under)) &&
        !liesUnder(member, noneUnder),
    )
  );
}
