import type { JsonNode } from "../../schema/json/node.ts";
import { formatPointer } from "../../schema/json/pointer.ts";
import { showText } from "../../schema/json/show.ts";
import type { Place } from "./failures.ts";

/** A value for a message: escaped, and cut at 80 characters. */
export function describe(node: JsonNode | undefined): string {
  if (node === undefined) return "nothing";
  switch (node.kind) {
    case "string":
      return `the string \`${showText(node.value)}\``;
    case "number":
      return `the number \`${showText(node.text)}\``;
    case "boolean":
      return `\`${node.value}\``;
    case "null":
      return "null";
    case "array":
      return node.elements.length === 0 ? "an empty array" : "an array";
    case "object":
      return node.members.length === 0 ? "an empty object" : "an object";
  }
}

/** A pointer into the arguments for a message. */
export function describePlace(place: Place): string {
  return `\`${showText(formatPointer(place))}\``;
}

/** What was expected at a place and what was found there; `canonical` is what was probably meant. */
export function mismatch(place: Place, expected: string, found: JsonNode | undefined, canonical?: string): string {
  const hint = canonical === undefined ? "" : `; did you mean \`${showText(canonical)}\`?`;
  return `${describePlace(place)} must be ${expected}, found ${describe(found)}${hint}`;
}
