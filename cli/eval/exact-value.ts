import type { JsonNode } from "../../schema/json/node.ts";
import { isExactNumber } from "../../schema/values/exact.ts";

/**
 * The plain value of a node, with NaN for a number that no double holds: rounded, 0.99999999999999999999 would be a well-typed 1.
 * Objects have no prototype.
 */
export function toExactValue(node: JsonNode): unknown {
  switch (node.kind) {
    case "object": {
      const object: Record<string, unknown> = Object.create(null);
      for (const { name, value } of node.members) object[name] = toExactValue(value);
      return object;
    }
    case "array":
      return node.elements.map(toExactValue);
    case "number":
      return isExactNumber(node.text) ? Number(node.text) : Number.NaN;
    case "null":
      return null;
    default:
      return node.value;
  }
}
