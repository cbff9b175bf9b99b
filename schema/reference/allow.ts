/** `effects/<e>/allow/<field>`: every operator written for the field holds. */
import type { Allow, Effect, Envelope, Field, ValueList } from "../envelope.ts";
import type { HostileRequest, NameValue } from "../request.ts";
import type { Check } from "./check.ts";
import { fieldOf, listOf, state, text, wholeNumber } from "./leaves.ts";
import { operandOf, type SetOperand, type Value } from "./operand.ts";

export function allowRow(envelope: Envelope, effectName: string, effect: Effect, key: string, allow: Allow): Check {
  const operand = operandOf(effect.fields, key);
  const written: Written = {
    allow,
    numeric: isNumeric(effect.fields[key]),
    one: operand.write,
    list: (list) => (Array.isArray(list) ? list : envelope.sets![list.set]!).map(operand.write),
  };
  return {
    id: `effects/${effectName}/allow/${key}`,
    ok: (request) => {
      const sent = fieldOf(request, key);
      switch (operand.look) {
        case "number":
        case "boolean":
        case "text": {
          const value = operand.read(sent);
          return value !== undefined && valueHolds(written, value, request);
        }
        case "name": {
          const name = operand.read(sent);
          return name !== undefined && valueHolds(written, name.value, request) && ancestorsHold(written, name);
        }
        case "set": {
          const set = operand.read(sent);
          return set !== undefined && setHolds(written, set, request);
        }
        case "range":
          return false;
      }
    },
  };
}

/** The operators of one field, and how to read the values that they list. */
interface Written {
  readonly allow: Allow;
  /** Results that the values are compared with are integers, not strings. */
  readonly numeric: boolean;
  readonly one: (written: Value) => Value;
  readonly list: (list: ValueList) => readonly Value[];
}

function valueHolds({ allow, numeric, one, list }: Written, value: Value, request: HostileRequest): boolean {
  return (
    (allow.oneOf === undefined || list(allow.oneOf).includes(value)) &&
    (allow.noneOf === undefined || !list(allow.noneOf).includes(value)) &&
    (allow.equals === undefined || one(allow.equals) === value) &&
    (allow.producedBy === undefined || produced(request, allow.producedBy, numeric, [value]))
  );
}

function ancestorsHold({ allow, list }: Written, { under }: NameValue): boolean {
  return (
    (allow.under === undefined || meets(under, list(allow.under))) &&
    (allow.noneUnder === undefined || !meets(under, list(allow.noneUnder)))
  );
}

function setHolds({ allow, numeric, list }: Written, set: SetOperand, request: HostileRequest): boolean {
  return (
    set.count >= (allow.minItems ?? 1) &&
    (allow.maxItems === undefined || set.count <= allow.maxItems) &&
    (allow.subsetOf === undefined || eachIn(set.items, list(allow.subsetOf))) &&
    (allow.disjointFrom === undefined || !meets(set.items, list(allow.disjointFrom))) &&
    (allow.under === undefined || everySlotUnder(set, list(allow.under))) &&
    (allow.noneUnder === undefined || noSlotUnder(set, list(allow.noneUnder))) &&
    (allow.producedBy === undefined || produced(request, allow.producedBy, numeric, set.items))
  );
}

/** As many slots as the set has elements, at most 32, each with an ancestor in the list. */
function everySlotUnder({ count, under }: SetOperand, list: readonly Value[]): boolean {
  if (under === undefined || count > 32 || count > under.length) return false;
  return under.slice(0, count).every((ancestors) => meets(ancestors, list));
}

/** No slot at all has an ancestor in the list. */
function noSlotUnder({ under }: SetOperand, list: readonly Value[]): boolean {
  return under !== undefined && !under.some((ancestors) => meets(ancestors, list));
}

/** Every value is a result of that effect in this session. A result of another type spoils the whole list. */
function produced(request: HostileRequest, result: string, numeric: boolean, values: readonly Value[]): boolean {
  const list = listOf<Value>(numeric ? wholeNumber : text, state(request, "produced", result));
  return list !== undefined && eachIn(values, list);
}

function isNumeric(field: Field | undefined): boolean {
  return field?.type === "integer" || (field?.type === "set" && field.of === "integer");
}

function meets(some: readonly Value[], others: readonly Value[]): boolean {
  return some.some((value) => others.includes(value));
}

function eachIn(some: readonly Value[], others: readonly Value[]): boolean {
  return some.every((value) => others.includes(value));
}
