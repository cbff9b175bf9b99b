import { Ajv2020 } from "ajv/dist/2020.js";
import envelopeSchema from "../../schema/envelope.schema.json" with { type: "json" };
import templateSchema from "../../schema/template.schema.json" with { type: "json" };
import type { Template } from "../../schema/template.ts";
import { type SchemaError, toSchemaError } from "./schema.ts";

const ajv = new Ajv2020({
  strict: true,
  allErrors: true,
  verbose: true,
  discriminator: true,
  ownProperties: true,
  allowUnionTypes: true,
  schemas: [envelopeSchema],
});

const { kind, version, catalogue, autoApprove, requireHuman } = templateSchema.properties;
const own = { kind, version, catalogue, autoApprove, requireHuman };

/** The members that only a template has. */
export const ownMembers: readonly string[] = Object.keys(own);

export const envelopeMembers: readonly string[] = Object.keys(envelopeSchema.properties);

/** Those of an envelope that a template may leave open. */
export const openMembers: readonly string[] = envelopeMembers.filter(
  (name) => envelopeSchema.required.includes(name) && !templateSchema.required.includes(name),
);

/** Those of an envelope that no template has. */
export const foreignMembers: readonly string[] = envelopeMembers.filter(
  (name) => !Object.hasOwn(templateSchema.properties, name),
);

const validateOwn = ajv.compile({
  $id: "https://ambit.dev/schema/1/template-own.json",
  type: "object",
  additionalProperties: false,
  required: ownMembers,
  properties: own,
  $defs: templateSchema.$defs,
});

/** Everything in which an object of these members alone is not what they must be. */
export function ownErrors(value: unknown): readonly SchemaError[] {
  return validateOwn(value) ? [] : (validateOwn.errors ?? []).map(toSchemaError);
}

const validate = ajv.compile<Template>(templateSchema);

export function isTemplate(value: unknown): value is Template {
  return validate(value);
}
