import type { JsonMember, JsonNode } from "../../schema/json/parse.ts";
import { escapeToken } from "../../schema/json/pointer.ts";

/** A node with the member that holds it, where an object does. */
export interface Placed {
  readonly node: JsonNode;
  readonly member?: JsonMember;
}

/** Every value of a tree by its pointer. Of two members of one name the first counts. */
export type TreeIndex = ReadonlyMap<string, Placed>;

export function indexTree(root: JsonNode): TreeIndex {
  const index = new Map<string, Placed>();
  place(root, "", undefined, index);
  return index;
}

function place(node: JsonNode, pointer: string, member: JsonMember | undefined, index: Map<string, Placed>): void {
  if (index.has(pointer)) return;
  index.set(pointer, member === undefined ? { node } : { node, member });
  if (node.kind === "array") {
    for (const [i, element] of node.elements.entries()) place(element, `${pointer}/${i}`, undefined, index);
  } else if (node.kind === "object") {
    for (const child of node.members) place(child.value, `${pointer}/${escapeToken(child.name)}`, child, index);
  }
}

/** A change to the value at a pointer. */
export type Edit =
  | { readonly do: "remove" }
  | { readonly do: "rename"; readonly to: string }
  | { readonly do: "replace"; readonly node: JsonNode }
  | { readonly do: "add"; readonly name: string; readonly node: JsonNode };

/** The tree with all edits made; each pointer is one of the tree before. */
export function editTree(root: JsonNode, edits: ReadonlyMap<string, Edit>): JsonNode {
  return rebuild(root, "", edits);
}

function rebuild(node: JsonNode, pointer: string, edits: ReadonlyMap<string, Edit>): JsonNode {
  const edit = edits.get(pointer);
  if (edit?.do === "replace") return edit.node;
  if (node.kind === "array") {
    const elements = node.elements.flatMap((element, i) => {
      const place = `${pointer}/${i}`;
      return edits.get(place)?.do === "remove" ? [] : [rebuild(element, place, edits)];
    });
    return { ...node, elements };
  }
  if (node.kind !== "object") return node;
  const members = node.members.flatMap((member) => rebuildMember(member, pointer, edits));
  if (edit?.do === "add") members.push({ name: edit.name, nameStart: -1, nameEnd: -1, value: edit.node });
  return { ...node, members };
}

function rebuildMember(member: JsonMember, parent: string, edits: ReadonlyMap<string, Edit>): JsonMember[] {
  const pointer = `${parent}/${escapeToken(member.name)}`;
  const edit = edits.get(pointer);
  if (edit?.do === "remove") return [];
  const value = rebuild(member.value, pointer, edits);
  return [{ ...member, value, name: edit?.do === "rename" ? edit.to : member.name }];
}

/** The tree without the second of two members of one name. */
export function withoutDuplicates(node: JsonNode): JsonNode {
  if (node.kind === "array") return { ...node, elements: node.elements.map(withoutDuplicates) };
  if (node.kind !== "object") return node;
  const byName = new Map<string, JsonMember>();
  for (const member of node.members) {
    if (!byName.has(member.name)) byName.set(member.name, { ...member, value: withoutDuplicates(member.value) });
  }
  return { ...node, members: [...byName.values()] };
}
