import { greatestDepth } from "./depth.ts";
import type { JsonMember, JsonNode } from "./node.ts";

/** The plain value of a node: objects without prototype, numbers as doubles. */
export function toValue(node: JsonNode): unknown {
  switch (node.kind) {
    case "object": {
      const object: Record<string, unknown> = Object.create(null);
      for (const member of node.members) object[member.name] = toValue(member.value);
      return object;
    }
    case "array":
      return node.elements.map(toValue);
    case "string":
    case "boolean":
      return node.value;
    case "number":
      return Number(node.text);
    case "null":
      return null;
  }
}

/**
 * The node of an in-memory value; undefined if it is not plain JSON: functions, `undefined`, symbols, bigints, NaN and infinities,
 * lone surrogates, accessors, hidden or symbol-keyed properties, holes, cycles, class instances, more than 1,000 levels.
 * Getters and `toJSON` are never called.
 */
export function nodeOf(value: unknown): JsonNode | undefined {
  try {
    return read(value, 0);
  } catch {
    // A proxy may throw from any trap.
    return undefined;
  }
}

const place = { start: 0, end: 0 } as const;

function read(value: unknown, depth: number): JsonNode | undefined {
  if (value === null) return { kind: "null", ...place };
  switch (typeof value) {
    case "string":
      return value.isWellFormed() ? { kind: "string", value, ...place } : undefined;
    case "boolean":
      return { kind: "boolean", value, ...place };
    case "number":
      if (!Number.isFinite(value)) return undefined;
      return { kind: "number", text: Object.is(value, -0) ? "-0" : String(value), ...place };
    case "object":
      // A cycle ends here too.
      if (depth >= greatestDepth) return undefined;
      return Array.isArray(value) ? readArray(value, depth + 1) : readObject(value, depth + 1);
    default:
      return undefined;
  }
}

function readArray(value: readonly unknown[], depth: number): JsonNode | undefined {
  const elements: JsonNode[] = [];
  // As many own keys as elements and "length": no holes, nothing besides.
  if (Reflect.ownKeys(value).length !== value.length + 1) return undefined;
  for (let i = 0; i < value.length; i++) {
    const element = readProperty(value, String(i), depth);
    if (element === undefined) return undefined;
    elements.push(element);
  }
  return { kind: "array", elements, ...place };
}

function readObject(value: object, depth: number): JsonNode | undefined {
  const prototype: unknown = Object.getPrototypeOf(value);
  // Object.prototype of any realm has no prototype itself; class instances are not data.
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return undefined;
  const members: JsonMember[] = [];
  for (const name of Reflect.ownKeys(value)) {
    if (typeof name !== "string" || !name.isWellFormed()) return undefined;
    const node = readProperty(value, name, depth);
    if (node === undefined) return undefined;
    members.push({ name, nameStart: 0, nameEnd: 0, value: node });
  }
  return { kind: "object", members, ...place };
}

function readProperty(owner: object, name: string, depth: number): JsonNode | undefined {
  const property = Object.getOwnPropertyDescriptor(owner, name);
  if (property?.enumerable !== true || !("value" in property)) return undefined;
  return read(property.value, depth);
}
