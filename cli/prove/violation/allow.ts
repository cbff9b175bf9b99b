/** When `effects/<e>/allow/<field>` is violated: some operator that is written for the field does not hold. */
import type { Allow, Effect, Envelope, ValueList } from "../../../schema/envelope.ts";
import type { Value } from "../../../schema/reference/operand.ts";
import { field, missingOr, state } from "./leaf.ts";
import { type Operand, operandAt } from "./operand.ts";
import { allOf, anyOf, cedar, not, type Statement } from "./statement.ts";
import type { Violation } from "./violation.ts";

export function allowViolation(
  { sets = {} }: Envelope,
  effectName: string,
  { fields }: Effect,
  key: string,
  allow: Allow,
): Violation {
  const operand = operandAt(fields, key);
  const list: Lists = (values) => (Array.isArray(values) ? values : (sets[values.set] ?? [])).map(operand.write);
  const fails = operand.look === "set" ? setFails(key, operand, allow, list) : valueFails(key, operand, allow, list);
  return { id: `effects/${effectName}/allow/${key}`, statement: operand.unreadOr(fails) };
}

type Lists = (values: ValueList) => readonly Value[];

/** Statements are made only of the operators that are written. */
function where<T>(written: T | undefined, statement: (written: T) => Statement): Statement {
  return written === undefined ? false : statement(written);
}

function valueFails(key: string, { value, write }: Operand, allow: Allow, list: Lists): Statement {
  const under = field(key, "under");
  return anyOf(
    where(allow.oneOf, (values) => not(cedar`${list(values)}.contains(${value})`)),
    where(allow.noneOf, (values) => cedar`${list(values)}.contains(${value})`),
    where(allow.equals, (wanted) => cedar`${value} != ${write(wanted)}`),
    where(allow.producedBy, (fact) => {
      const results = state("produced", fact);
      return missingOr([results], not(cedar`${results}.contains(${value})`));
    }),
    where(allow.under, (values) => not(cedar`${under}.containsAny(${list(values)})`)),
    where(allow.noneUnder, (values) => cedar`${under}.containsAny(${list(values)})`),
  );
}

function setFails(key: string, { value: items }: Operand, allow: Allow, list: Lists): Statement {
  const count = field(key, "count");
  const ancestors = field(key, "under", "any");
  return anyOf(
    cedar`${count} < ${allow.minItems ?? 1}`,
    where(allow.maxItems, (most) => cedar`${count} > ${most}`),
    where(allow.subsetOf, (values) => not(cedar`${list(values)}.containsAll(${items})`)),
    where(allow.disjointFrom, (values) => cedar`${items}.containsAny(${list(values)})`),
    where(allow.producedBy, (fact) => {
      const results = state("produced", fact);
      return missingOr([results], not(cedar`${results}.containsAll(${items})`));
    }),
    where(allow.under, (values) => someElementElsewhere(key, list(values), allow.maxItems)),
    where(allow.noneUnder, (values) => missingOr([ancestors], cedar`${ancestors}.containsAny(${list(values)})`)),
  );
}

/** What Cedar can see of a set's ancestors: those of so many elements, one by one; the first even of an empty set. */
const mostElements = 32;

function someElementElsewhere(key: string, values: readonly Value[], maxItems = mostElements): Statement {
  const count = field(key, "count");
  const most = Math.min(mostElements, maxItems);
  const first = field(key, "under", "0");
  const elements = Array.from({ length: most }, (_, index) => {
    const ancestors = field(key, "under", String(index));
    const elsewhere = missingOr([ancestors], not(cedar`${ancestors}.containsAny(${values})`));
    return allOf(cedar`${count} > ${index}`, elsewhere);
  });
  return missingOr([first], anyOf(cedar`${count} > ${most}`, ...elements));
}
