import { type JsonNode, toValue } from "../../schema/json/parse.ts";
import { plainInteger } from "./numerals.ts";

/** Members whose numbers are read by the form of their field: what a default gets wrong is said of the default. */
const readElsewhere: ReadonlySet<string> = new Set(["default"]);

/**
 * The plain value of a tree, as schema and rules judge it: where a member's number is refused for how it is written (`1e3`, `-0`, beyond
 * 2^53-1), it is no integer, so that nothing is concluded from what it might have meant.
 */
export function judgedValue(root: JsonNode): unknown {
  return toValue(withoutRefused(root));
}

function withoutRefused(node: JsonNode): JsonNode {
  if (node.kind === "array") return { ...node, elements: node.elements.map(withoutRefused) };
  if (node.kind !== "object") return node;
  const members = node.members.map((member) => {
    const { name, value } = member;
    if (value.kind !== "number") return { ...member, value: withoutRefused(value) };
    return isRefused(value.text) && !readElsewhere.has(name) ? { ...member, value: { ...value, text: "0.5" } } : member;
  });
  return { ...node, members };
}

/** Whether a double is whole although the text is no integer in plain digits. */
function isRefused(text: string): boolean {
  return Number.isInteger(Number(text)) && !plainInteger(text);
}
