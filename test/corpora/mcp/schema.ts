/** The part of JSON Schema that descriptions of tools use. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly format?: string;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly minLength?: number;
  readonly minItems?: number;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
}

/** What a schema comes to: one of its alternatives that is not null, references followed. */
export type Shape =
  | { readonly kind: "object"; readonly schema: JsonSchema }
  | { readonly kind: "array"; readonly items: Shape }
  | { readonly kind: "text"; readonly value: string; readonly format?: string }
  | { readonly kind: "integer" | "number"; readonly value: number }
  | { readonly kind: "boolean"; readonly value: boolean }
  /** A value that no field reads in parts: the reason. */
  | { readonly kind: "opaque"; readonly value: unknown; readonly reason: string };

const deepest = 8;

/** @param root the tool's own schema, which references point into */
export function shapeOf(schema: JsonSchema, root: JsonSchema, depth = 0): Shape {
  if (depth > deepest) return { kind: "opaque", value: {}, reason: "schema that contains itself" };
  if (schema.$ref !== undefined) return shapeOf(follow(schema.$ref, root), root, depth + 1);
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum !== undefined) return literal(schema.enum.find((value) => value !== null));
  const { anyOf, oneOf, ...rest } = schema;
  const first = (anyOf ?? oneOf)?.find(({ type: name }) => name !== "null");
  if (first !== undefined) return shapeOf({ ...rest, ...first }, root, depth + 1);
  const type = [schema.type].flat().find((name) => name !== "null");
  if (type === "object" || schema.properties !== undefined) return objectShape(schema, root, depth);
  if (type === "array") return { kind: "array", items: shapeOf(schema.items ?? {}, root, depth + 1) };
  return scalarShape(schema, type);
}

function objectShape(schema: JsonSchema, root: JsonSchema, depth: number): Shape {
  if (Object.keys(schema.properties ?? {}).length > 0) return { kind: "object", schema };
  const { additionalProperties: any } = schema;
  const part = typeof any === "object" ? shapeOf(any, root, depth + 1) : undefined;
  const value = part !== undefined && "value" in part ? part.value : "value";
  return { kind: "opaque", value: { key: value }, reason: "object with free keys" };
}

function scalarShape({ format, minimum, exclusiveMinimum, minLength }: JsonSchema, type: string | undefined): Shape {
  const least = Math.max(1, minimum ?? 1, (exclusiveMinimum ?? 0) + 1);
  if (type === "boolean") return { kind: "boolean", value: true };
  if (type === "integer") return { kind: "integer", value: least };
  if (type === "number") return { kind: "number", value: least };
  if (type !== "string") return { kind: "opaque", value: { any: "value" }, reason: "value of any type" };
  const text =
    { uri: "https://example.com/a", email: "a@example.com" }[format ?? ""] ?? "word".padEnd(minLength ?? 0, "s");
  return { kind: "text", value: text, ...(format === undefined ? {} : { format }) };
}

function literal(value: unknown): Shape {
  if (typeof value === "string") return { kind: "text", value };
  if (typeof value === "number") return { kind: Number.isInteger(value) ? "integer" : "number", value };
  if (typeof value === "boolean") return { kind: "boolean", value };
  return { kind: "opaque", value, reason: "constant that is no scalar" };
}

function follow(reference: string, root: JsonSchema): JsonSchema {
  const name = /^#\/\$defs\/([^/]+)$/.exec(reference)?.[1];
  return (name === undefined ? undefined : root.$defs?.[name]) ?? {};
}
