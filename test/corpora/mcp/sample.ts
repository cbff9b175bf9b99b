/** Arguments that fit a tool's schema. */
import { type JsonSchema, type Shape, shapeOf } from "./schema.ts";

/** `least`: what is required; `most`: every property that is described. */
export type Extent = "least" | "most";

/** The properties of an object that a sample fills. */
export function filled(schema: JsonSchema, extent: Extent): readonly (readonly [name: string, schema: JsonSchema])[] {
  const all = Object.entries(schema.properties ?? {});
  return extent === "most" ? all : all.filter(([name]) => schema.required?.includes(name) === true);
}

export function sampleOf(shape: Shape, root: JsonSchema, extent: Extent, depth = 0): unknown {
  if (shape.kind === "array") return [sampleOf(shape.items, root, extent, depth + 1)];
  if (shape.kind !== "object") return shape.value;
  const members = depth > 8 ? [] : filled(shape.schema, extent);
  return Object.fromEntries(
    members.map(([name, schema]) => [name, sampleOf(shapeOf(schema, root), root, extent, depth + 1)]),
  );
}
