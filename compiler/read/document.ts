import type { JsonNode } from "../../schema/json/parse.ts";
import type { Position } from "../../schema/json/position.ts";
import { toValue } from "../../schema/json/value.ts";
import { lineStarts, positionIn } from "./lines.ts";
import { indexTree, type TreeIndex } from "./tree.ts";

/** An envelope's text with its tree: values by pointer, and where they stand. */
export interface Document {
  readonly text: string;
  readonly root: JsonNode;
  /** The plain value: objects have no prototype. */
  readonly value: unknown;
  nodeAt(pointer: string): JsonNode | undefined;
  /** The UTF-16 index of the value, or of its member's name; of the nearest parent where there is no such value. */
  offset(pointer: string, at?: "value" | "key"): number;
  position(pointer: string, at?: "value" | "key"): Position;
}

/** The `start` of a value that was not in the text. */
export const nowhere = -1;

export function createDocument(text: string, root: JsonNode): Document {
  const starts = lineStarts(text);
  const index = indexTree(root);
  const offset = (pointer: string, at: "value" | "key" = "value") => offsetIn(index, pointer, at);
  return {
    text,
    root,
    value: toValue(root),
    nodeAt: (pointer) => index.get(pointer)?.node,
    offset,
    position: (pointer, at) => positionIn(starts, offset(pointer, at)),
  };
}

function offsetIn(index: TreeIndex, pointer: string, at: "value" | "key"): number {
  const placed = index.get(pointer);
  if (placed !== undefined && placed.node.start !== nowhere) {
    return (at === "key" ? placed.member?.nameStart : undefined) ?? placed.node.start;
  }
  return pointer === "" ? 0 : offsetIn(index, parentOf(pointer), "value");
}

/** The pointer without its last token; the root is its own parent. */
export function parentOf(pointer: string): string {
  return pointer.slice(0, Math.max(0, pointer.lastIndexOf("/")));
}
