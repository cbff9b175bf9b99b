/** The arguments of a call that decodes to given fields: the way back through the decoder, as far as there is one. */
import type { Effect, Field } from "../../../schema/envelope.ts";
import { parsePointer } from "../../../schema/json/pointer.ts";
import { datetimeText, memberOf, written } from "./written.ts";

type Tree = Record<string, unknown>;

/**
 * @param fields as the request holds them
 * @returns arguments, of which only decoding them tells whether they are what was wanted
 */
export function argumentsFor({ fields: declared, tools }: Effect, tool: string, fields: unknown): Tree {
  const args: Tree = Object.create(null);
  const all = Object.entries(declared);
  const counts = new Map<string, number>();
  for (const [name, field] of all) widen(counts, field, memberOf(fields, name));
  // What is only measured gives way to what says the value itself.

  const measures = (field: Field) => Number(field.type !== "length");
  for (const [name, field] of all.toSorted(([, a], [, b]) => measures(a) - measures(b)))
    put(args, counts, name, field, fields);
  for (const use of tools) {
    if (typeof use === "string" || use.tool !== tool) continue;
    for (const [pointer, wanted] of Object.entries(use.where))
      if (Array.isArray(wanted)) place(args, parsePointer(pointer), wanted[0]);
    break;
  }
  return args;
}

/** How many elements each array needs, by the pointer up to its `*`. */
function widen(counts: Map<string, number>, field: Field, value: unknown): void {
  const prefix = prefixOf(field);
  if (prefix === undefined) return;
  const aggregate = "aggregate" in field ? field.aggregate : undefined;
  const wanted = aggregate === "count" ? value : aggregate === "each" ? 2 : memberOf(value, "count");
  counts.set(prefix, Math.max(counts.get(prefix) ?? 0, typeof wanted === "number" ? Math.min(wanted, most) : 1));
}

const most = 1_000;

function prefixOf(field: Field): string | undefined {
  const from = "from" in field ? field.from : "";
  const end = from.indexOf("/*");
  return end === -1 ? undefined : from.slice(0, end);
}

function put(args: Tree, counts: ReadonlyMap<string, number>, name: string, field: Field, fields: unknown): void {
  const value = memberOf(fields, name);
  const prefix = prefixOf(field);
  if (field.type === "product") return;
  if (field.type === "span") putSpan(args, field, value);
  else if (field.type === "url") place(args, parsePointer(field.from), urlText(name, fields));
  else if (prefix === undefined)
    place(args, parsePointer(field.from), field.type === "set" ? memberOf(value, "items") : written(field, value));
  else putEach(arrayAt(args, parsePointer(prefix), counts.get(prefix) ?? 1), field, prefix, value);
}

type Many = Exclude<Field, { type: "product" | "span" | "url" }>;

function putEach(array: unknown[], field: Many, prefix: string, value: unknown): void {
  const rest = parsePointer(field.from.slice(prefix.length + 2));
  for (const [index, element] of array.entries()) {
    const item = elementOf(field, value, index, array.length);
    if (rest.length === 0) array[index] = item;
    else if (typeof element === "object" && element !== null) place(element as Tree, rest, item);
  }
}

/** What stands in the element of that index, so that all of them together come to the value. */
function elementOf(field: Field, value: unknown, index: number, length: number): unknown {
  if (field.type === "set") {
    const items = memberOf(value, "items");
    return Array.isArray(items) ? items[index % items.length] : undefined;
  }
  switch ("aggregate" in field ? field.aggregate : undefined) {
    case "sum":
      return written(field, index === 0 ? value : 0);
    case "each":
      return written(field, memberOf(value, index === length - 1 ? "max" : "min"));
    case "count":
      return "x";
    default:
      return written(field, value);
  }
}

function putSpan(args: Tree, span: Extract<Field, { type: "span" }>, value: unknown): void {
  if (typeof value !== "number") return;
  place(args, parsePointer(span.from), datetimeText(span, noon));
  place(args, parsePointer(span.until), datetimeText(span, noon + value));
}

/** Some day without a change of clocks: 2024-01-15T12:00:00Z. */
const noon = 1_705_320_000;

function urlText(name: string, fields: unknown): string | undefined {
  const [scheme, host, port, path] = ["scheme", "host", "port", "path"].map((part) =>
    memberOf(fields, `${name}.${part}`),
  );
  const named = String(memberOf(host, "value") ?? "");
  return `${scheme}://${named.includes(":") ? `[${named}]` : named}:${port}${memberOf(path, "value") ?? "/"}`;
}

/** Objects are made on the way. */
export function place(tree: Tree, [first, ...rest]: readonly string[], value: unknown): void {
  if (first === undefined || value === undefined) return;
  if (rest.length === 0) tree[first] = value;
  else {
    const inner = tree[first];
    const next: Tree = typeof inner === "object" && inner !== null ? (inner as Tree) : Object.create(null);
    tree[first] = next;
    place(next, rest, value);
  }
}

function arrayAt(tree: Tree, path: readonly string[], length: number): unknown[] {
  const found = path.reduce<unknown>((node, key) => memberOf(node, key), tree);
  if (Array.isArray(found)) return found;
  const made: unknown[] = Array.from({ length }, () => Object.create(null));
  place(tree, path, made);
  return made;
}
