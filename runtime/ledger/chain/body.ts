/** Whether a body is one of its type: the closed schemas of `schema/ledger.schema.json`. */
import { Ajv2020 } from "ajv/dist/2020.js";
import { showText } from "../../../schema/json/show.ts";
import ledgerSchema from "../../../schema/ledger.schema.json" with { type: "json" };
import type { RecordBodies } from "../../../schema/ledger.ts";
import type { RecordType } from "../record.ts";

const ajv = new Ajv2020({ strict: true, ownProperties: true, allowUnionTypes: true });
ajv.addSchema(ledgerSchema);

const validators = new Map(
  Object.keys(ledgerSchema.properties).map((type) => [
    type,
    ajv.compile<RecordBodies[RecordType]>({ $ref: `${ledgerSchema.$id}#/properties/${type}` }),
  ]),
);

/** What is wrong with it, in one sentence; undefined for a body of that type. */
export function bodyProblem(type: string, body: unknown): string | undefined {
  const validate = validators.get(type);
  if (validate === undefined) return `there is no type of record \`${showText(type)}\``;
  if (validate(body)) return undefined;
  return `the body of ${type} is wrong at \`${ajv.errorsText(validate.errors, { dataVar: "body" })}\``;
}
