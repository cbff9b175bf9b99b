/** An effect that grants exactly a sample of a tool's arguments: every leaf a field of its type, judged. */
import type { Allow, Effect, Field, PerCall } from "../../../schema/envelope.ts";
import { canonicalJson, sha256 } from "../../../schema/json/canonical.ts";
import { escapeToken } from "../../../schema/json/pointer.ts";
import { oneCall } from "../plain-envelope.ts";
import { type Extent, filled, sampleOf } from "./sample.ts";
import { type JsonSchema, type Shape, shapeOf } from "./schema.ts";

export interface Written {
  readonly effect: Effect;
  readonly args: unknown;
  /** Arguments that are judged only as a whole, by their digest, each with the reason. */
  readonly whole: readonly string[];
}

interface Draft {
  readonly fields: Record<string, Field>;
  readonly allow: Record<string, Allow>;
  readonly perCall: Record<string, PerCall>;
  readonly whole: string[];
}

export function writeEffect(tool: string, schema: JsonSchema, extent: Extent): Written {
  const draft: Draft = { fields: {}, allow: {}, perCall: {}, whole: [] };
  for (const [name, property] of filled(schema, extent))
    claim(draft, `/${escapeToken(name)}`, shapeOf(property, schema), schema, extent);
  const { fields, allow, perCall, whole } = draft;
  const effect: Effect = { ...oneCall, tools: [tool], fields, allow, perCall };
  return { effect, args: sampleOf({ kind: "object", schema }, schema, extent), whole };
}

/** Declares the fields that read `shape` at `from`; where parts of it have no type, one digest of the whole. */
function claim(draft: Draft, from: string, shape: Shape, root: JsonSchema, extent: Extent): void {
  const reason = opaque(shape, root, extent, false);
  if (reason === undefined) {
    claimParts(draft, from, shape, root, extent);
  } else {
    const value = sha256(canonicalJson(sampleOf(shape, root, extent)));
    declare(draft, { type: "digest", from }, { oneOf: [value] });
    draft.whole.push(reason);
  }
}

function claimParts(draft: Draft, from: string, shape: Shape, root: JsonSchema, extent: Extent): void {
  if (shape.kind === "array") claimParts(draft, `${from}/*`, shape.items, root, extent);
  else if (shape.kind === "object") claimMembers(draft, from, shape.schema, root, extent);
  else if (shape.kind === "text") claimText(draft, from, shape.value, shape.format);
  else if (shape.kind === "boolean") declare(draft, { type: "boolean", from }, { equals: shape.value });
  else if (shape.kind !== "opaque") claimNumber(draft, from, shape.kind, shape.value);
}

function claimMembers(draft: Draft, from: string, schema: JsonSchema, root: JsonSchema, extent: Extent): void {
  // Elements of an array cannot have a digest each.
  const each = from.includes("*") ? claimParts : claim;
  for (const [name, property] of filled(schema, extent))
    each(draft, `${from}/${escapeToken(name)}`, shapeOf(property, root), root, extent);
}

function claimNumber(draft: Draft, from: string, kind: "integer" | "number", value: number): void {
  const many = from.includes("*");
  if (kind === "integer" && many) {
    declare(draft, { type: "set", of: "integer", from }, { subsetOf: [value] });
  } else if (kind === "integer") {
    draft.perCall[declare(draft, { type: "integer", from })] = { min: value, max: value };
  } else {
    const field: Field = { type: "decimal", from, scale: 3, ...(many ? { aggregate: "each" } : {}) };
    draft.perCall[declare(draft, field)] = { min: String(value), max: String(value) };
  }
}

function claimText(draft: Draft, from: string, value: string, format: string | undefined): void {
  if (from.includes("*")) declare(draft, { type: "set", of: "string", from }, { subsetOf: [value] });
  else if (format === "email") declare(draft, { type: "email", from }, { under: ["example.com"] });
  else if (format === "uri") claimUrl(draft, from);
  else declare(draft, { type: "string", from }, { oneOf: [value] });
}

function claimUrl(draft: Draft, from: string): void {
  const name = declare(draft, { type: "url", from });
  draft.allow[`${name}.scheme`] = { oneOf: ["https"] };
  draft.allow[`${name}.host`] = { under: ["example.com"] };
  draft.allow[`${name}.port`] = { oneOf: [443] };
  draft.allow[`${name}.path`] = { under: ["/"] };
}

/** Why a value can only be judged as a whole; undefined where every part has a type. */
function opaque(shape: Shape, root: JsonSchema, extent: Extent, inArray: boolean, depth = 0): string | undefined {
  if (depth > 8) return "schema that contains itself";
  if (shape.kind === "opaque") return shape.reason;
  if (shape.kind === "array") return opaque(shape.items, root, extent, true, depth + 1);
  if (shape.kind === "boolean") return inArray ? "booleans in an array" : undefined;
  if (shape.kind !== "object") return undefined;
  const parts = filled(shape.schema, extent);
  if (parts.length === 0) return inArray ? "array of objects that need no member" : "object that needs no member";
  if (!inArray) return undefined;
  return parts.map(([, part]) => opaque(shapeOf(part, root), root, extent, true, depth + 1)).find(Boolean);
}

function declare(draft: Draft, field: Field, allow?: Allow): string {
  const name = `a${Object.keys(draft.fields).length}`;
  draft.fields[name] = field;
  if (allow !== undefined) draft.allow[name] = allow;
  return name;
}
