import type { Effect, Envelope, Field } from "../../../schema/envelope.ts";
import { listOf as written } from "../../normalise/values.ts";
import { either, type Literal, listOf, oneOf, type Type, word } from "./type.ts";

/** The type of one argument as it is sent (SPEC §4), for what `allow` leaves of it. */
export type ArgumentField = Exclude<Field, { type: "product" }>;

export function argumentType(field: ArgumentField, values: readonly Literal[] | undefined): Type {
  switch (field.type) {
    case "integer": {
      const list = field.aggregate === undefined ? values : undefined;
      const numbers = list === undefined ? word("number") : oneOf(list);
      if (field.allowString !== true) return numbers;
      return either([numbers, list === undefined ? word("string") : oneOf(list.map(String))]);
    }
    case "decimal":
      return either([word("string"), word("number")]);
    case "boolean":
      return values === undefined ? word("boolean") : oneOf(values);
    case "string":
      return values === undefined ? word("string") : oneOf(values);
    case "set": {
      const element = elementType(field, values);
      return field.from.split("/").includes("*") ? element : listOf(element);
    }
    case "digest":
      return { is: "declared", name: "Json" };
    default:
      return word("string");
  }
}

/** Names may be sent in other forms than the canonical one that bounds are written in; texts and integers may not. */
function elementType({ of }: Extract<Field, { type: "set" }>, values: readonly Literal[] | undefined): Type {
  const otherwise = word(of === "integer" ? "number" : "string");
  return values === undefined || (of !== "string" && of !== "integer") ? otherwise : oneOf(values);
}

/** A date has one form: those listed are the texts that can be sent. */
export function datesOf({ allow }: Effect, name: string, envelope: Envelope): Type | undefined {
  const list = allow !== undefined && Object.hasOwn(allow, name) ? allow[name]?.oneOf : undefined;
  if (list === undefined) return undefined;
  return oneOf([...new Set(written(list, envelope).map(String))].sort());
}
