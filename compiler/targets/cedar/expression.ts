/** Cedar's data form of expressions (its JSON policy format): text reaches Cedar as data only, and Cedar prints it. */
import type { Expr } from "@cedar-policy/cedar-wasm/nodejs";
import { entityTypes } from "../../../schema/cedar/names.ts";

export type { Expr };

export const literal = (value: string | number | boolean): Expr => ({ Value: value });

export const setOf = (values: readonly (string | number)[]): Expr => ({ Set: values.map(literal) });

export const entity = (kind: keyof typeof entityTypes, id: string): Expr => ({
  Value: { __entity: { type: entityTypes[kind], id } },
});

export const variable = (name: "principal" | "action" | "context"): Expr => ({ Var: name });

export const attribute = (left: Expr, name: string): Expr => ({ ".": { left, attr: name } });

export const hasAttribute = (left: Expr, name: string): Expr => ({ has: { left, attr: name } });

export const equal = (left: Expr, right: Expr): Expr => ({ "==": { left, right } });

export const less = (left: Expr, right: Expr): Expr => ({ "<": { left, right } });

export const atMost = (left: Expr, right: Expr): Expr => ({ "<=": { left, right } });

/** Overflows outside 64 bits: only behind bounds on both operands. */
export const minus = (left: Expr, right: Expr): Expr => ({ "-": { left, right } });

export const contains = (set: Expr, element: Expr): Expr => ({ contains: { left: set, right: element } });

export const containsAll = (set: Expr, elements: Expr): Expr => ({ containsAll: { left: set, right: elements } });

export const containsAny = (set: Expr, elements: Expr): Expr => ({ containsAny: { left: set, right: elements } });

export const not = (arg: Expr): Expr => ({ "!": { arg } });

export const isIn = (left: Expr, entities: readonly Expr[]): Expr => ({ in: { left, right: { Set: [...entities] } } });

/** Chains read best; Cedar's evaluator is recursive, so that long ones become balanced trees. */
const longestChain = 40;

export function join(operator: "&&" | "||", operands: readonly Expr[]): Expr {
  if (operands.length <= longestChain) return operands.reduce((left, right) => binary(operator, left, right));
  const middle = Math.ceil(operands.length / 2);
  return binary(operator, join(operator, operands.slice(0, middle)), join(operator, operands.slice(middle)));
}

function binary(operator: "&&" | "||", left: Expr, right: Expr): Expr {
  return operator === "&&" ? { "&&": { left, right } } : { "||": { left, right } };
}
