import type { JsonNode } from "../../schema/json/node.ts";

/** null, `""`, `[]` or `{}`: what `absent` admits and the discriminator `{"empty": true}` matches, beside a missing argument. */
export function isEmpty(node: JsonNode): boolean {
  switch (node.kind) {
    case "null":
      return true;
    case "string":
      return node.value === "";
    case "array":
      return node.elements.length === 0;
    case "object":
      return node.members.length === 0;
    default:
      return false;
  }
}
