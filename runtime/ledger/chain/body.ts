/** Whether a body is one of its type: the closed schemas of `schema/ledger.schema.json`. */

import { showText } from "../../../schema/json/show.ts";
import ledgerSchema from "../../../schema/ledger.schema.json" with { type: "json" };
import { closedSchema } from "../../closed-schema.ts";

const schema = closedSchema(ledgerSchema);

const pointers = new Map(Object.keys(ledgerSchema.properties).map((type) => [type, `/properties/${type}`]));

/** What is wrong with it, in one sentence; undefined for a body of that type. */
export function bodyProblem(type: string, body: unknown): string | undefined {
  const pointer = pointers.get(type);
  if (pointer === undefined) return `there is no type of record \`${showText(type)}\``;
  const validate = schema.validator(pointer);
  return validate(body) ? undefined : `the body of ${type} is wrong at \`${schema.problemText(validate, "body")}\``;
}
