import type { Aggregate, Field } from "../../schema/envelope.ts";
import type { JsonNode } from "../../schema/json/node.ts";
import { parsePointer } from "../../schema/json/pointer.ts";
import { nodeOf } from "../../schema/json/value.ts";
import { datetimeReader, elementReader, type ScalarReader, scalarReader } from "./scalar.ts";

interface Common {
  readonly name: string;
  readonly tokens: readonly string[];
  readonly read: ScalarReader;
}

/** A default is decoded like a sent value, and put into the executed call. */
interface Optional {
  /** Undefined for an argument that must be there. */
  readonly fallback: JsonNode | undefined;
}

/** How one field is decoded; pointers as tokens, `*` for every element. */
export type FieldPlan =
  | (Common & Optional & { readonly form: "scalar" })
  | (Common & { readonly form: "numbers"; readonly aggregate: Aggregate })
  | (Common &
      Optional & { readonly form: "set"; readonly named: boolean; readonly unique: boolean; readonly limit: number })
  | (Common & { readonly form: "span"; readonly until: readonly string[] });

const defaultLimit = 1000;
/** One engine has no quantifiers: it compares a set's ancestors slot by slot. */
const slotLimit = 32;

/** The plan of a field; undefined for a product, which reads no argument of its own. */
export function planField(name: string, field: Field, judgedByUnder: boolean): FieldPlan | undefined {
  if (field.type === "product") return undefined;
  const tokens = parsePointer(field.from);
  if (field.type === "span") {
    const read = datetimeReader(field.format, field.timezone);
    return { form: "span", name, tokens, until: parsePointer(field.until), read };
  }
  const fallback = field.optional === true && field.default !== undefined ? nodeOf(field.default) : undefined;
  if (field.type === "set") {
    const limit = judgedByUnder ? Math.min(field.limit ?? slotLimit, slotLimit) : (field.limit ?? defaultLimit);
    const read = elementReader(field.of, field.base);
    const named = field.of !== "string" && field.of !== "integer";
    return { form: "set", name, tokens, read, fallback, named, unique: field.unique === true, limit };
  }
  const read = scalarReader(field);
  if ("aggregate" in field && field.aggregate !== undefined && tokens.includes("*")) {
    return { form: "numbers", name, tokens, read, aggregate: field.aggregate };
  }
  return { form: "scalar", name, tokens, read, fallback };
}
