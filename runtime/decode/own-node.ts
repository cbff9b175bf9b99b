import type { JsonMember, JsonNode } from "../../schema/json/node.ts";

/**
 * A copy of a node that came from outside, in which every part was read once: what is judged and what is executed are the same,
 * whatever its owner does. Undefined for what no strict text has: another number than JSON's, half of a surrogate pair, a
 * part of another type.
 */
export function ownNode(node: JsonNode): JsonNode | undefined {
  const own = { ...node };
  switch (own.kind) {
    case "object": {
      const members = ownList(own.members, ownMember);
      return members === undefined ? undefined : { ...own, members };
    }
    case "array": {
      const elements = ownList(own.elements, ownNode);
      return elements === undefined ? undefined : { ...own, elements };
    }
    case "string":
      return isText(own.value) ? own : undefined;
    case "number":
      return isText(own.text) && number.test(own.text) ? own : undefined;
    case "boolean":
      return typeof own.value === "boolean" ? own : undefined;
    case "null":
      return own;
    default:
      return undefined;
  }
}

const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

function ownMember(member: JsonMember): JsonMember | undefined {
  const own = { ...member };
  const value = isText(own.name) ? ownNode(own.value) : undefined;
  return value === undefined ? undefined : { ...own, value };
}

function ownList<T>(list: readonly T[], own: (each: T) => T | undefined): readonly T[] | undefined {
  if (!Array.isArray(list)) return undefined;
  const copies: T[] = [];
  for (const each of list) {
    const copy = own(each);
    if (copy === undefined) return undefined;
    copies.push(copy);
  }
  return copies;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.isWellFormed();
}
