/** The rows that tie fields together: `rows` and `relations`. */
import type { Effect, Relation, Rows } from "../envelope.ts";
import { canonicalJson } from "../json/canonical.ts";
import type { Check } from "./check.ts";
import { fieldOf, text } from "./leaves.ts";
import { operandOf, type Value } from "./operand.ts";

export function rowsRow(effectName: string, effect: Effect, rows: Rows, index: number): Check {
  const written = rows.oneOf.map((row) =>
    canonicalJson(row.map((value, column) => canonicalColumn(effect, rows.fields[column]!, value))),
  );
  return {
    id: `effects/${effectName}/rows/${index}`,
    ok: (request) => {
      const row = text(fieldOf(request, `rows/${index}`));
      return row !== undefined && written.includes(row);
    },
  };
}

function canonicalColumn(effect: Effect, key: string, value: Value | readonly (string | number)[]): unknown {
  if (typeof value === "object") return [...new Set(value)].sort(byCodePoint);
  return operandOf(effect.fields, key).write(value);
}

export function relationRow(effectName: string, effect: Effect, relation: Relation, index: number): Check {
  const left = operandOf(effect.fields, relation.left);
  const right = operandOf(effect.fields, relation.right);
  return {
    id: `effects/${effectName}/relations/${index}`,
    ok: (request) => {
      const a = comparable(left.read(fieldOf(request, relation.left)));
      const b = comparable(right.read(fieldOf(request, relation.right)));
      return a !== undefined && b !== undefined && related(a, relation.op, b);
    },
  };
}

/** A value, a name without its ancestors, or the text of a set's elements. */
function comparable(value: ReturnType<ReturnType<typeof operandOf>["read"]>): Value | undefined {
  if (typeof value !== "object") return value;
  if ("value" in value) return value.value;
  if ("items" in value) return JSON.stringify([...new Set(value.items)].sort(byCodePoint));
  return undefined;
}

function related(a: Value, op: Relation["op"], b: Value): boolean {
  switch (op) {
    case "==":
      return a === b;
    case "!=":
      return a !== b;
    case "<":
      return typeof a === "number" && typeof b === "number" && a < b;
    case "<=":
      return typeof a === "number" && typeof b === "number" && a <= b;
  }
}

/** Numbers by size, strings by code point (not by UTF-16 unit). */
function byCodePoint(a: string | number, b: string | number): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  const left = Array.from(String(a), (character) => character.codePointAt(0)!);
  const right = Array.from(String(b), (character) => character.codePointAt(0)!);
  const differs = left.findIndex((point, index) => point !== right[index]);
  return differs === -1 ? left.length - right.length : left[differs]! - (right[differs] ?? -1);
}
