/** A field that is missing, mistyped, or lacks a part of its value. */
import type { Operand } from "../../../../schema/normalised.ts";
import { isRecord, type Json, missing, valueAt } from "../change.ts";
import { type Deviation, spoilt } from "./deviation.ts";

export function spoiltOperand({ field, shape }: Operand, request: Json): readonly Deviation[] {
  const path = ["fields", field];
  const part = (name: string, type: Parameters<typeof spoilt>[2]) => spoilt(`${field}.${name}`, [...path, name], type);
  switch (shape) {
    case "number":
      return spoilt(field, path, "number");
    case "boolean":
      return spoilt(field, path, "boolean");
    case "text":
      return spoilt(field, path, "text");
    case "name":
      return [...spoilt(field, path, "record"), ...part("value", "text"), ...part("under", "texts")];
    case "range":
      return [...spoilt(field, path, "record"), ...part("min", "number"), ...part("max", "number")];
    case "numberSet":
    case "textSet":
      return [
        ...spoilt(field, path, "record"),
        ...part("count", "number"),
        ...part("items", shape === "textSet" ? "texts" : "numbers"),
      ];
    case "nameSet":
      return [
        ...spoilt(field, path, "record"),
        ...part("count", "number"),
        ...part("items", "texts"),
        ...spoiltAncestors(field, request),
      ];
  }
}

/** The ancestors of all items, of the first one, and of none. */
function spoiltAncestors(field: string, request: Json): readonly Deviation[] {
  const path = ["fields", field, "under"];
  const under = valueAt(request, path);
  const lists = Array.isArray(under) ? under.filter((list) => Array.isArray(list)) : [];
  const label = `${field}.under`;
  const values: readonly (readonly [string, unknown])[] = [
    ["missing", missing],
    ["is a text", "x"],
    ["is flat", lists.flat()],
    ["holds a number", [[7], ...lists.slice(1)]],
  ];
  return isRecord(valueAt(request, ["fields", field]))
    ? values.map(([how, value]) => ({ label: `${label} ${how}`, changes: [{ path, value }], isSpoilt: true }))
    : [];
}
