import type { JsonNode } from "../../schema/json/node.ts";

/**
 * In which way a node passes a limit: larger than `maxBytes` as it stood in its text, or in UTF-8 without blanks and escapes, whichever
 * is more; or deeper than `maxDepth` levels. Undefined where it passes none.
 */
export function excessOf(node: JsonNode, maxDepth: number, maxBytes: number): "large" | "deep" | undefined {
  if (node.end - node.start > maxBytes) return "large";
  const bytes = bytesOf(node, maxDepth, maxBytes);
  // First, so that a node without end is refused where there is no limit to its bytes.
  if (bytes === Number.POSITIVE_INFINITY) return "deep";
  return bytes <= maxBytes ? undefined : "large";
}

/** Bytes in UTF-8 without blanks and escapes; more than `maxBytes` as soon as either limit is passed, without end for the depth. */
function bytesOf(node: JsonNode, depthLeft: number, maxBytes: number): number {
  switch (node.kind) {
    case "object": {
      if (depthLeft <= 0) return Number.POSITIVE_INFINITY;
      // A comma less than members.
      let bytes = node.members.length === 0 ? 2 : 1;
      for (const { name, value } of node.members) {
        bytes += utf8Length(name) + 4 + bytesOf(value, depthLeft - 1, maxBytes - bytes);
        if (bytes > maxBytes) return bytes;
      }
      return bytes;
    }
    case "array": {
      if (depthLeft <= 0) return Number.POSITIVE_INFINITY;
      let bytes = node.elements.length === 0 ? 2 : 1;
      for (const element of node.elements) {
        bytes += 1 + bytesOf(element, depthLeft - 1, maxBytes - bytes);
        if (bytes > maxBytes) return bytes;
      }
      return bytes;
    }
    case "string":
      return 2 + utf8Length(node.value);
    case "number":
      return node.text.length;
    default:
      return 4;
  }
}

function utf8Length(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    // Each half of a pair counts two bytes.
    if (unit >= 0x80) bytes += unit >= 0x800 && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
  }
  return bytes;
}
