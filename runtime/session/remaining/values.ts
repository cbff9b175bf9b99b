/** The values that a field may have, where the envelope and the session leave a list of them. */
import type { Effect, Envelope, ValueList } from "../../../schema/envelope.ts";
import { operandOf, type Value } from "../../../schema/reference/operand.ts";
import type { SessionState } from "../../ledger/state.ts";
import { own } from "../../own.ts";

/**
 * In canonical form: those that every operator on the field lets pass, except for `under` and `noneUnder`. Undefined where no
 * operator lists them. Of a set, they are the elements.
 */
export function valuesOf(
  { sets }: Envelope,
  effect: Effect,
  key: string,
  { produced }: SessionState,
): readonly Value[] | undefined {
  const allow = own(effect.allow, key);
  if (allow === undefined) return undefined;
  const operand = operandOf(effect.fields, key);
  const read = (list: ValueList | undefined): readonly Value[] | undefined => {
    if (list === undefined) return undefined;
    return (Array.isArray(list) ? list : (own(sets, list.set) ?? [])).map(operand.write);
  };
  const lists = [
    read(allow.oneOf),
    read(allow.subsetOf),
    allow.equals === undefined ? undefined : [operand.write(allow.equals)],
    allow.producedBy === undefined ? undefined : [...(produced.get(allow.producedBy) ?? [])],
  ].filter((list) => list !== undefined);
  const [first, ...others] = lists;
  if (first === undefined) return undefined;
  const not = [...(read(allow.noneOf) ?? []), ...(read(allow.disjointFrom) ?? [])];
  return [...new Set(first)].filter((value) => others.every((list) => list.includes(value)) && !not.includes(value));
}
