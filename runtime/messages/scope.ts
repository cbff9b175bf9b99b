/** The rows that look at targets: which values, which tuples, which relations. */
import type { Allow, ValueList } from "../../schema/envelope.ts";
import { own } from "../own.ts";
import { type Circumstance, type Describe, fieldValue } from "./circumstance.ts";
import { fieldOf, measureOf, withUnit } from "./magnitude.ts";
import { quote, quoteList, show } from "./show.ts";

export const allow: Describe = (circumstance) => {
  const { effect, rest } = circumstance;
  const bound = own(effect?.allow, rest) ?? {};
  const isSet = fieldOf(effect, rest)?.type === "set";
  return {
    value: valueText(circumstance, rest),
    limit: operatorTexts(isSet && bound.minItems === undefined ? { ...bound, minItems: 1 } : bound, circumstance).join(
      " and ",
    ),
  };
};

export const rows: Describe = ({ request, effect, rest }) => {
  const row = effect?.rows?.[Number(rest)];
  return {
    value: `${quoteList(row?.fields ?? [])} together are ${show(fieldValue(request, `rows/${rest}`))}`,
    limit: row?.oneOf.length === 1 ? "must be the one row" : `must be one of ${row?.oneOf.length} rows`,
  };
};

export const relations: Describe = (circumstance) => {
  const relation = circumstance.effect?.relations?.[Number(circumstance.rest)];
  if (relation === undefined) return { value: "a relation of fields", limit: "must hold" };
  const { left, op, right } = relation;
  return {
    value: `${valueText(circumstance, left)}, ${valueText(circumstance, right)}`,
    limit: `must be ${quote(`${left} ${op} ${right}`)}`,
  };
};

function valueText({ request, effect }: Circumstance, key: string): string {
  return `${quote(key)} is ${withUnit(measureOf(fieldOf(effect, key)), fieldValue(request, key))}`;
}

const listOperators = [
  ["oneOf", "must be one of"],
  ["noneOf", "must be none of"],
  ["subsetOf", "may only hold"],
  ["disjointFrom", "must not hold"],
  ["under", "must be, or be below, one of"],
  ["noneUnder", "must neither be nor be below"],
] as const;

function operatorTexts(bound: Allow, { envelope }: Circumstance): readonly string[] {
  const values = (list: ValueList) => (Array.isArray(list) ? list : (own(envelope.sets, list.set) ?? []));
  const texts: string[] = [];
  for (const [operator, phrase] of listOperators) {
    const list = bound[operator];
    if (list !== undefined) texts.push(`${phrase} ${quoteList(values(list))}`);
  }
  if (bound.equals !== undefined) texts.push(`must be ${quote(String(bound.equals))}`);
  if (bound.producedBy !== undefined) texts.push(`must be a result ${quote(bound.producedBy)} of this session`);
  if (bound.minItems !== undefined) texts.push(`must hold at least ${different(bound.minItems)}`);
  if (bound.maxItems !== undefined) texts.push(`must hold at most ${different(bound.maxItems)}`);
  return texts;
}

/** What a call names twice counts once. */
function different(count: number): string {
  return `${count} different ${count === 1 ? "element" : "elements"}`;
}
