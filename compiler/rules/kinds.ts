/** Which bounds fit which type (SPEC §2, "`allow` by type"), and what types are called. */
import type { Allow, Field } from "../../schema/envelope.ts";
import type { Operand } from "../operands.ts";

export type OperatorName = keyof Allow;

const named = ["oneOf", "under", "noneUnder"] as const;
const collected = ["subsetOf", "disjointFrom", "minItems", "maxItems", "producedBy"] as const;

const operatorsByType: Readonly<Record<Exclude<Field["type"], "url" | "set">, readonly OperatorName[]>> = {
  string: ["oneOf", "noneOf", "equals", "producedBy"],
  boolean: ["equals"],
  integer: ["oneOf", "producedBy"],
  decimal: ["oneOf"],
  length: ["oneOf"],
  span: ["oneOf"],
  product: ["oneOf"],
  date: ["oneOf"],
  datetime: ["oneOf"],
  timestamp: ["oneOf"],
  host: named,
  email: named,
  path: named,
  ip: named,
  cidr: named,
  digest: ["oneOf"],
};

/** The operators of `allow` that fit an operand. */
export function operatorsOf({ field, shape, form }: Operand): readonly OperatorName[] {
  switch (field.type) {
    case "url":
      if (form.is === "scheme") return ["oneOf", "noneOf", "equals"];
      return form.is === "port" ? ["oneOf"] : named;
    case "set":
      return shape === "nameSet" ? [...collected, "under", "noneUnder"] : collected;
    case "integer":
    case "decimal":
    case "length":
      // Knowing only the smallest and largest element says nothing about those between; a computed value is no result.
      if (shape === "range") return [];
      return field.aggregate === undefined ? operatorsByType[field.type] : ["oneOf"];
    default:
      return operatorsByType[field.type];
  }
}

/** The operators that a condition of an approval may have. */
export function conditionsOf({ shape }: Operand): readonly ("min" | "max" | "oneOf" | "equals")[] {
  switch (shape) {
    case "number":
      return ["min", "max", "oneOf", "equals"];
    case "range":
      return ["min", "max"];
    case "boolean":
    case "text":
    case "name":
      return ["oneOf", "equals"];
    default:
      return [];
  }
}

const typeNames: Readonly<Record<Exclude<Field["type"], "set">, string>> = {
  integer: "an integer",
  decimal: "a decimal",
  boolean: "a boolean",
  string: "a string",
  url: "a url",
  host: "a host",
  email: "an email address",
  path: "a path",
  ip: "an IP address",
  cidr: "an address block",
  timestamp: "a timestamp",
  date: "a date",
  datetime: "a local date and time",
  span: "a span of time",
  product: "a product",
  length: "a length",
  digest: "a digest",
};

/** What a field is, with its article: `an integer`, `a set of hosts`, `a decimal with aggregate each`. */
export function typeOf(field: Field): string {
  if (field.type === "set") return `a set of type ${field.of}`;
  const aggregate = "aggregate" in field ? field.aggregate : undefined;
  return aggregate === undefined ? typeNames[field.type] : `${typeNames[field.type]} with aggregate ${aggregate}`;
}

/** What an operand is: like its field, or the part of a url. */
export function kindOf({ field, name, fieldName }: Operand): string {
  return field.type === "url" ? `the ${name.slice(fieldName.length + 1)} of a url` : typeOf(field);
}
