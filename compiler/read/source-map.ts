import type { PatchOperation } from "../../schema/diagnostic.ts";
import type { JsonNode } from "../../schema/json/parse.ts";
import type { Finding } from "../diagnostics/report.ts";
import { nowhere, parentOf } from "./document.ts";
import { indexTree, type TreeIndex } from "./tree.ts";

/** From pointers into a mended tree to those of the source. Undefined for what only stands in. */
export type ToSource = (pointer: string) => string | undefined;

/** The pointer of each value of the source, by where it starts: mending keeps that. */
export function sourcePointers(source: JsonNode): ReadonlyMap<number, string> {
  const pointers = new Map<number, string>();
  for (const [pointer, { node }] of indexTree(source)) pointers.set(node.start, pointer);
  return pointers;
}

export function toSource(pointers: ReadonlyMap<number, string>, index: TreeIndex): ToSource {
  const translate: ToSource = (pointer) => {
    const node = index.get(pointer)?.node;
    if (node?.start === nowhere) return undefined;
    if (node !== undefined) return pointers.get(node.start);
    if (pointer === "") return "";
    const parent = translate(parentOf(pointer));
    return parent === undefined ? undefined : parent + pointer.slice(pointer.lastIndexOf("/"));
  };
  return translate;
}

/** The finding with pointers into the source; undefined if it is about a stand-in. */
export function findingInSource(finding: Finding, translate: ToSource): Finding | undefined {
  const pointer = translate(finding.pointer);
  if (pointer === undefined) return undefined;
  const { suggestion, ...rest } = finding;
  const operations = suggestion?.map((operation) => operationInSource(operation, translate));
  const known = operations?.every((operation) => operation !== undefined) ? operations : undefined;
  return { ...rest, pointer, ...(known === undefined ? {} : { suggestion: known }) };
}

function operationInSource(operation: PatchOperation, translate: ToSource): PatchOperation | undefined {
  const path = translate(operation.path);
  if (path === undefined) return undefined;
  if (operation.op !== "move") return { ...operation, path };
  const from = translate(operation.from);
  return from === undefined ? undefined : { ...operation, from, path };
}
