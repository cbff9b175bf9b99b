/** The type of an action's context: records are always present, leaves may be missing (SPEC §6). */
export type LeafType = "Long" | "String" | "Bool" | "LongSet" | "StringSet";

export type ContextType = LeafType | RecordType;

export interface RecordType {
  readonly attributes: ReadonlyMap<string, ContextType>;
}

/** The context type of each action, by the action's id. */
export type ContextTypes = ReadonlyMap<string, RecordType>;

/**
 * Reads Cedar's JSON form of a schema, with resolved types, as the emitter writes it: one namespace, records of Long,
 * String, Bool and sets of Long or String. Undefined for anything else.
 */
export function readContextTypes(schema: unknown, namespace: string): ContextTypes | undefined {
  const definition = member(schema, namespace);
  const actions = member(definition, "actions");
  if (!isRecord(actions)) return undefined;
  const types = new Map<string, RecordType>();
  for (const [action, declared] of Object.entries(actions)) {
    const written = member(member(declared, "appliesTo"), "context") ?? emptyRecord;
    const context = readType(written, definition, namespace);
    if (context === undefined || typeof context === "string") return undefined;
    types.set(action, context);
  }
  return types;
}

/** Cedar leaves an empty context out. */
const emptyRecord = { type: "Record", attributes: {} };

function readType(type: unknown, definition: unknown, namespace: string): ContextType | undefined {
  const name = member(type, "type");
  switch (name) {
    case "Long":
    case "String":
    case "Bool":
      return name;
    case "Set": {
      const element = member(member(type, "element"), "type");
      if (element === "Long") return "LongSet";
      return element === "String" ? "StringSet" : undefined;
    }
    case "Record":
      return readRecord(member(type, "attributes"), definition, namespace);
    default: {
      if (typeof name !== "string" || !name.startsWith(`${namespace}::`)) return undefined;
      const common = member(member(definition, "commonTypes"), name.slice(namespace.length + 2));
      return readType(common, definition, namespace);
    }
  }
}

function readRecord(attributes: unknown, definition: unknown, namespace: string): RecordType | undefined {
  if (!isRecord(attributes)) return undefined;
  const types = new Map<string, ContextType>();
  for (const [name, attribute] of Object.entries(attributes)) {
    const type = readType(attribute, definition, namespace);
    if (type === undefined) return undefined;
    types.set(name, type);
  }
  return { attributes: types };
}

function member(value: unknown, key: string): unknown {
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
