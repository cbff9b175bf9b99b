import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import envelopeSchema from "../../schema/envelope.schema.json" with { type: "json" };
import type { Envelope } from "../../schema/envelope.ts";
import { parsePointer } from "../../schema/json/pointer.ts";

/** The part of JSON Schema that the envelope's schema is written in. */
export interface SchemaNode {
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly oneOf?: readonly SchemaNode[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly [keyword: string]: unknown;
}

/** One complaint of the validator, not yet fit for a person. */
export interface SchemaError {
  readonly keyword: string;
  /** The value complained of. */
  readonly pointer: string;
  readonly tokens: readonly string[];
  readonly params: Readonly<Record<string, unknown>>;
  /** The schema that holds the keyword. */
  readonly schema: SchemaNode;
  /** Set on complaints about a member's name. */
  readonly propertyName?: string;
}

const ajv = new Ajv2020({
  strict: true,
  allErrors: true,
  verbose: true,
  discriminator: true,
  ownProperties: true,
  allowUnionTypes: true,
});
const validate = ajv.compile<Envelope>(envelopeSchema);

/** Whether a value has an envelope's shape. */
export function isEnvelope(value: unknown): value is Envelope {
  return validate(value);
}

/** Everything in which a value is not an envelope's shape; empty if it is. */
export function schemaErrors(value: unknown): readonly SchemaError[] {
  return validate(value) ? [] : (validate.errors ?? []).map(toSchemaError);
}

export function toSchemaError(error: ErrorObject): SchemaError {
  return {
    keyword: error.keyword,
    pointer: error.instancePath,
    tokens: parsePointer(error.instancePath),
    params: error.params,
    schema: error.parentSchema ?? {},
    ...(error.propertyName === undefined ? {} : { propertyName: error.propertyName }),
  };
}

const definitions: Readonly<Record<string, SchemaNode>> = envelopeSchema.$defs;

/** A schema with its reference followed; its own description wins. */
export function resolve(schema: SchemaNode): SchemaNode {
  const name = schema.$ref?.replace("#/$defs/", "");
  const target = name === undefined ? undefined : definitions[name];
  return target === undefined ? schema : { ...resolve(target), ...schema };
}

const fieldVariants = (definitions.Field?.oneOf ?? []).map(resolve);

/** The words that `type` of a field may be. */
export const fieldTypes: readonly string[] = fieldVariants.flatMap(({ properties }) => {
  const word = properties?.type?.const;
  return typeof word === "string" ? [word] : [];
});

/** Every member that a field of some type may have. */
export const fieldMembers: readonly string[] = [
  ...new Set(fieldVariants.flatMap(({ properties }) => Object.keys(properties ?? {}))),
];
