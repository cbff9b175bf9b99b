import type { Field } from "../../../schema/envelope.ts";

export type JsonKind = "string" | "number" | "boolean" | "array" | "object";

/** As which JSON values an argument can be read, of a set each element (SPEC §4). */
export function kindsOf(field: Exclude<Field, { type: "product" }>): readonly JsonKind[] {
  switch (field.type) {
    case "integer":
      return field.allowString === true ? ["number", "string"] : ["number"];
    case "decimal":
      return ["number", "string"];
    case "boolean":
      return ["boolean"];
    case "digest":
      return ["string", "number", "boolean", "array", "object"];
    case "set":
      return field.of === "integer" ? ["number"] : ["string"];
    default:
      return ["string"];
  }
}

const names: Readonly<Record<JsonKind, string>> = {
  string: "a string",
  number: "a number",
  boolean: "true or false",
  array: "an array",
  object: "an object",
};

export function namesOf(kinds: readonly JsonKind[]): string {
  return kinds.map((kind) => names[kind]).join(" or ");
}
