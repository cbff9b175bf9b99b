/** A schema as every host of Cedar reads it: primitives and common types by their own names, not by `EntityOrCommon`. */
import type { SchemaType, schemaOf } from "../cedar/schema.ts";

/** Cedar's JSON schema, in the form that all of its versions take. */
export function plainSchema(schema: ReturnType<typeof schemaOf>): unknown {
  return Object.fromEntries(
    Object.entries(schema).map(([namespace, { commonTypes, entityTypes, actions }]) => [
      namespace,
      {
        commonTypes: mapValues(commonTypes, plainType),
        entityTypes,
        actions: mapValues(actions, ({ appliesTo: { context, ...appliesTo } }) => ({
          appliesTo: { ...appliesTo, context: plainType(context) },
        })),
      },
    ]),
  );
}

interface PlainType {
  readonly type: string;
  readonly required?: false;
  readonly element?: PlainType;
  readonly attributes?: Readonly<Record<string, PlainType>>;
}

function plainType(type: SchemaType): PlainType {
  switch (type.type) {
    case "EntityOrCommon":
      return { ...(type.required === false && { required: false as const }), type: nameOf(type.name) };
    case "Set":
      return { ...type, element: plainType(type.element) };
    case "Record":
      return { ...type, attributes: mapValues(type.attributes, plainType) };
  }
}

const nameOf = (name: string): string => (name === "Bool" ? "Boolean" : name);

function mapValues<T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Readonly<Record<string, U>> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
