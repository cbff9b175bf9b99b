import { canonicalJson } from "../../schema/json/canonical.ts";
import type { FieldValue } from "../../schema/request.ts";

/**
 * The JCS form (RFC 8785) of a tuple of canonical values: names by value, sets as their sorted items. Undefined if a value is
 * missing or has no place in a row.
 */
export function rowText(keys: readonly string[], values: ReadonlyMap<string, FieldValue>): string | undefined {
  const row: unknown[] = [];
  for (const key of keys) {
    const cell = cellOf(values.get(key));
    if (cell === undefined) return undefined;
    row.push(cell);
  }
  return canonicalJson(row);
}

function cellOf(value: FieldValue | undefined): unknown {
  if (typeof value !== "object") return value;
  if ("value" in value) return value.value;
  return "items" in value ? value.items : undefined;
}
