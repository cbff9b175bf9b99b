/**
 * When a bound holds, as the emitter thinks of it: constants are known when compiled, and a condition knows the leaves of
 * the context that it reads, from which the schema is made.
 */
import type { LeafType } from "../../../schema/cedar/context-type.ts";
import { attribute, type Expr, hasAttribute, join, variable } from "./expression.ts";

/** A leaf of the context, by its path within the request. */
export interface Leaf {
  readonly path: readonly string[];
  readonly type: LeafType;
}

export type Condition =
  | boolean
  | { readonly kind: "test"; readonly expression: Expr; readonly reads?: Leaf }
  | { readonly kind: "all" | "any"; readonly of: readonly Condition[] };

export function test(expression: Expr): Condition {
  return { kind: "test", expression };
}

export function all(conditions: readonly Condition[]): Condition {
  const open = conditions.filter((condition) => condition !== true);
  if (open.includes(false)) return false;
  if (open.length <= 1) return open[0] ?? true;
  return { kind: "all", of: open };
}

export function any(conditions: readonly Condition[]): Condition {
  const open = conditions.filter((condition) => condition !== false);
  if (open.includes(true)) return true;
  if (open.length <= 1) return open[0] ?? false;
  return { kind: "any", of: open };
}

/** The leaves are there (and so, by the schema, of their type) and the conditions on them hold: nothing else reads a leaf. */
export function given(leaves: readonly Leaf[], ...conditions: readonly Condition[]): Condition {
  return all([...leaves.map(present), ...conditions]);
}

function present(leaf: Leaf): Condition {
  const name = leaf.path.at(-1) ?? "";
  return { kind: "test", expression: hasAttribute(recordAt(leaf.path.slice(0, -1)), name), reads: leaf };
}

/** The value of a leaf; erroneous unless the leaf is `given`. */
export function read(leaf: Leaf): Expr {
  return recordAt(leaf.path);
}

function recordAt(path: readonly string[]): Expr {
  return path.reduce(attribute, variable("context"));
}

/** The expression of a condition that is not constant. */
export function expressionOf(condition: Exclude<Condition, boolean>): Expr {
  if (condition.kind === "test") return condition.expression;
  const operands = operandsOf(condition).filter((operand) => typeof operand !== "boolean");
  return join(condition.kind === "all" ? "&&" : "||", operands.map(expressionOf));
}

/** Conjunctions within a conjunction read as one; disjunctions likewise. */
function operandsOf(condition: Exclude<Condition, boolean>): readonly Condition[] {
  if (condition.kind === "test") return [condition];
  return condition.of.flatMap((inner) =>
    typeof inner !== "boolean" && inner.kind === condition.kind ? operandsOf(inner) : [inner],
  );
}

/** Every leaf that a condition reads. */
export function readsOf(condition: Condition): readonly Leaf[] {
  if (typeof condition === "boolean") return [];
  if (condition.kind === "test") return condition.reads === undefined ? [] : [condition.reads];
  return condition.of.flatMap(readsOf);
}
