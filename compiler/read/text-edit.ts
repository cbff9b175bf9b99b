import type { PatchOperation } from "../../schema/diagnostic.ts";
import { canonicalJson } from "../../schema/json/canonical.ts";
import { type JsonNode, toValue } from "../../schema/json/parse.ts";
import { parsePointer } from "../../schema/json/pointer.ts";
import { parentOf } from "./document.ts";
import type { TreeIndex } from "./tree.ts";

/** A change of a text between two UTF-16 indices. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** An operation as a change of the text that leaves everything else as it is written; undefined where it cannot be made. */
export function textEditOf(operation: PatchOperation, index: TreeIndex): TextEdit | undefined {
  switch (operation.op) {
    case "replace":
      return replacing(index.get(operation.path)?.node, operation.value);
    case "move":
      return renaming(operation.from, operation.path, index);
    case "remove":
      return removing(operation.path, index);
    case "add":
      return adding(operation.path, operation.value, index);
  }
}

function replacing(node: JsonNode | undefined, value: unknown): TextEdit | undefined {
  if (node === undefined) return undefined;
  const { start, end } = node;
  return { start, end, text: JSON.stringify(value) };
}

/** A value put into a list of its own keeps its text: two small edits. */
export function wrapping(operation: PatchOperation, index: TreeIndex): readonly TextEdit[] | undefined {
  if (operation.op !== "replace" || !Array.isArray(operation.value) || operation.value.length !== 1) return undefined;
  const node = index.get(operation.path)?.node;
  if (node === undefined || canonicalJson(toValue(node)) !== canonicalJson(operation.value[0])) return undefined;
  return [
    { start: node.start, end: node.start, text: "[" },
    { start: node.end, end: node.end, text: "]" },
  ];
}

function renaming(from: string, to: string, index: TreeIndex): TextEdit | undefined {
  const member = index.get(from)?.member;
  const name = parsePointer(to).at(-1);
  if (member === undefined || name === undefined || parentOf(from) !== parentOf(to) || index.has(to)) return undefined;
  return { start: member.nameStart, end: member.nameEnd, text: JSON.stringify(name) };
}

/** The value, its name, and the comma that would be one too many. */
function removing(pointer: string, index: TreeIndex): TextEdit | undefined {
  const owner = index.get(parentOf(pointer))?.node;
  const node = index.get(pointer)?.node;
  if (owner === undefined || node === undefined || pointer === "") return undefined;
  const extents = extentsOf(owner);
  const at = extents.findIndex(({ end }) => end === node.end);
  const extent = extents[at];
  if (extent === undefined) return undefined;
  const next = extents[at + 1];
  if (next !== undefined) return { start: extent.start, end: next.start, text: "" };
  return { start: extents[at - 1]?.end ?? extent.start, end: extent.end, text: "" };
}

/** A new last member or element, written like the one before it. */
function adding(pointer: string, value: unknown, index: TreeIndex): TextEdit | undefined {
  const owner = index.get(parentOf(pointer))?.node;
  if (owner === undefined || pointer === "" || index.has(pointer)) return undefined;
  const name = parsePointer(pointer).at(-1) ?? "";
  const text = owner.kind === "object" ? `${JSON.stringify(name)}: ${JSON.stringify(value)}` : JSON.stringify(value);
  const last = extentsOf(owner).at(-1);
  if (last === undefined) return { start: owner.start + 1, end: owner.start + 1, text };
  return { start: last.end, end: last.end, text: `, ${text}` };
}

function extentsOf(node: JsonNode): readonly { readonly start: number; readonly end: number }[] {
  if (node.kind === "array") return node.elements;
  if (node.kind !== "object") return [];
  return node.members.map(({ nameStart, value }) => ({ start: nameStart, end: value.end }));
}

/** The text after all edits; of two that touch the same text the first given is made. */
export function applyEdits(
  text: string,
  edits: readonly (readonly TextEdit[])[],
): { text: string; made: readonly number[] } {
  const chosen: TextEdit[] = [];
  const made: number[] = [];
  for (const [i, group] of edits.entries()) {
    if (group.some((edit) => chosen.some((other) => edit.start < other.end && other.start < edit.end))) continue;
    chosen.push(...group);
    made.push(i);
  }
  let result = "";
  let done = 0;
  for (const edit of chosen.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    result += text.slice(done, edit.start) + edit.text;
    done = edit.end;
  }
  return { text: result + text.slice(done), made };
}
