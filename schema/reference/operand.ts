/** What a decoded field is as an operand of a bound: how it looks in a request, and how its values are written in a bound. */
import type { Field } from "../envelope.ts";
import type { NameValue, RangeValue } from "../request.ts";
import { minorUnits } from "./amounts.ts";
import { listOf, member, name, range, text, wholeNumber } from "./leaves.ts";
import { days, instant, seconds } from "./times.ts";

export interface SetOperand {
  readonly count: number;
  readonly items: readonly (string | number)[];
  /** The ancestors of each item; undefined for elements without any, and where one list of them is mistyped. */
  readonly under: readonly (readonly string[])[] | undefined;
}

/** A value in canonical form. */
export type Value = string | number | boolean;

export type Operand =
  | { readonly look: "number"; readonly read: (value: unknown) => number | undefined; readonly write: Write }
  | { readonly look: "range"; readonly read: (value: unknown) => RangeValue | undefined; readonly write: Write }
  | { readonly look: "boolean"; readonly read: (value: unknown) => boolean | undefined; readonly write: Write }
  | { readonly look: "text"; readonly read: (value: unknown) => string | undefined; readonly write: Write }
  | { readonly look: "name"; readonly read: (value: unknown) => NameValue | undefined; readonly write: Write }
  | { readonly look: "set"; readonly read: (value: unknown) => SetOperand | undefined; readonly write: Write };

/** From the form that bounds are written in to the canonical form. */
type Write = (written: Value) => Value;

const asWritten: Write = (written) => written;
const truth = (value: unknown) => (typeof value === "boolean" ? value : undefined);

/** The operand called `key`: a field, or a part of a url such as `site.host`. Takes a key that the rules have accepted. */
export function operandOf(fields: Readonly<Record<string, Field>>, key: string): Operand {
  const [fieldName = "", part] = key.split(".");
  const field = fields[fieldName]!;
  switch (field.type) {
    case "integer":
    case "length":
    case "decimal":
      if (field.aggregate === "each") return { look: "range", read: range, write: writeOf(field) };
      return { look: "number", read: wholeNumber, write: writeOf(field) };
    case "product":
    case "span":
    case "date":
    case "datetime":
    case "timestamp":
      return { look: "number", read: wholeNumber, write: writeOf(field) };
    case "boolean":
      return { look: "boolean", read: truth, write: asWritten };
    case "string":
    case "digest":
      return { look: "text", read: text, write: asWritten };
    case "host":
    case "email":
    case "path":
    case "ip":
    case "cidr":
      return { look: "name", read: name, write: asWritten };
    case "url":
      if (part === "port") return { look: "number", read: wholeNumber, write: asWritten };
      if (part === "scheme") return { look: "text", read: text, write: asWritten };
      return { look: "name", read: name, write: asWritten };
    case "set":
      return { look: "set", read: (value) => set(field.of, value), write: asWritten };
  }
}

/** A number in a bound on this field → the number that the request carries. */
export function numberWritten(field: Field, written: string | number): number {
  return Number(writeOf(field)(written));
}

function writeOf(field: Field): Write {
  if ("aggregate" in field && field.aggregate === "count") return asWritten;
  switch (field.type) {
    case "decimal":
    case "product":
      return (written) => minorUnits(String(written), field.scale);
    case "date":
      return (written) => days(String(written));
    case "datetime":
      return (written) => seconds(String(written), field.timezone);
    case "timestamp":
      return (written) => instant(String(written));
    default:
      return asWritten;
  }
}

function set(of: string, value: unknown): SetOperand | undefined {
  const count = wholeNumber(member(value, "count"));
  const items = listOf<string | number>(of === "integer" ? wholeNumber : text, member(value, "items"));
  const under = listOf((ancestors) => listOf(text, ancestors), member(value, "under"));
  return count === undefined || count < 0 || items === undefined ? undefined : { count, items, under };
}
