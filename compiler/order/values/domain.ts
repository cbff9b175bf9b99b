/** What `a` admits for one decoded value, as far as its bounds on it, each taken alone, tell. */
import type { Allow } from "../../../schema/envelope.ts";
import { listOf } from "../../normalise/values.ts";
import { ancestorForm, type Form, isSet, type Operand, operandOf } from "../../operands.ts";
import { own } from "../../rules/rule.ts";
import { type Canonical, readWritten } from "../../written.ts";
import type { Side } from "../side.ts";

/** A canonical value; of a name also what it lies under, itself included. */
export interface Member {
  readonly value: Canonical;
  readonly under: readonly string[];
}

export interface Domain {
  /** All there can be, where they are listed. */
  readonly values: readonly Member[] | undefined;
  /** Whether one value is not excluded. */
  readonly admits: (member: Member) => boolean;
  /** Above what the value must lie, where that is written. */
  readonly under: readonly Member[] | undefined;
  /** Whether nothing at or below the ancestor is admitted, by the ancestors alone. */
  readonly excludes: (ancestor: Member) => boolean;
  readonly least: number;
  readonly most: number;
}

/** The operand of that name on one side; throws where there is none, as the rules see to it that there is. */
export function operandOn({ effect }: Side, key: string): Operand {
  const operand = operandOf(effect.fields, key);
  if (operand === undefined) throw new TypeError(`there is no ${key}`);
  return operand;
}

export function allowOn({ effect }: Side, key: string): Allow {
  return own(effect.allow, key) ?? {};
}

/** Of a set: the domain of its elements. */
export function domainOf(side: Side, key: string): Domain {
  const operand = operandOn(side, key);
  const allow = allowOn(side, key);
  const lists = isSet(operand)
    ? [membersOf(side, operand, allow.subsetOf)]
    : [membersOf(side, operand, allow.oneOf), equalTo(operand, allow), ...columnsOf(side, operand)];
  const listed = lists.filter((list) => list !== undefined);
  const none = membersOf(side, operand, isSet(operand) ? allow.disjointFrom : allow.noneOf) ?? [];
  const under = ancestorsOf(side, operand, allow.under);
  const noneUnder = ancestorsOf(side, operand, allow.noneUnder) ?? [];
  const { least, most } = capOf(side, operand);
  const admits = (member: Member) =>
    listed.every((list) => list.some(({ value }) => value === member.value)) &&
    !none.some(({ value }) => value === member.value) &&
    (under === undefined || liesUnder(member, under)) &&
    !liesUnder(member, noneUnder) &&
    (typeof member.value !== "number" || (least <= member.value && member.value <= most));
  const open = under?.filter((ancestor) => !liesUnder(ancestor, noneUnder));
  const excludes = (ancestor: Member) =>
    liesUnder(ancestor, noneUnder) ||
    (open?.every((other) => !liesUnder(other, [ancestor]) && !liesUnder(ancestor, [other])) ?? false);
  return { values: listed[0]?.filter(admits), admits, under: open, excludes, least, most };
}

export function liesUnder({ under }: Member, ancestors: readonly Member[]): boolean {
  return ancestors.some(({ value }) => under.includes(String(value)));
}

export function membersOf(side: Side, { form }: Operand, list: Allow["oneOf"]): readonly Member[] | undefined {
  return list === undefined ? undefined : listOf(list, side.envelope).map((written) => memberOf(form, written));
}

export function ancestorsOf(side: Side, { form }: Operand, list: Allow["under"]): readonly Member[] | undefined {
  if (list === undefined) return undefined;
  return listOf(list, side.envelope).map((written) => memberOf(ancestorForm(form), written));
}

export function memberOf(form: Form, written: unknown): Member {
  const read = readWritten(form, written);
  if (!read.ok) throw new TypeError("the rules let a value pass");
  return { value: read.value, under: read.under ?? [] };
}

function equalTo({ form }: Operand, { equals }: Allow): readonly Member[] | undefined {
  return equals === undefined ? undefined : [memberOf(form, equals)];
}

/** The column of each list of rows that the value takes part in. */
function columnsOf({ effect }: Side, { name, form }: Operand): readonly (readonly Member[])[] {
  return (effect.rows ?? []).flatMap(({ fields, oneOf }) => {
    const column = fields.indexOf(name);
    return column < 0 ? [] : [oneOf.map((row) => memberOf(form, row[column]))];
  });
}

/** No bound on a number: any that there is. */
function capOf({ effect }: Side, { name, form }: Operand): { readonly least: number; readonly most: number } {
  const cap = own(effect.perCall, name);
  if (cap === undefined) return { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY };
  const number = (written: unknown) => Number(memberOf(form, written).value);
  return { least: cap.min === undefined ? 0 : number(cap.min), most: number(cap.max) };
}
