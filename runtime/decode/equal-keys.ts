import type { JsonNode } from "../../schema/json/node.ts";

/** Whether an object somewhere in the node has two members of one name: what is judged could then differ from what is executed. */
export function hasEqualKeys(node: JsonNode): boolean {
  if (node.kind === "array") return node.elements.some(hasEqualKeys);
  if (node.kind !== "object") return false;
  const names = new Set(node.members.map(({ name }) => name));
  return names.size < node.members.length || node.members.some(({ value }) => hasEqualKeys(value));
}
