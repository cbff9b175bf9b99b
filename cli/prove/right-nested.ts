/**
 * Long chains of `&&` and `||`, nested to the right: `a && (b && (c && d))` instead of `((a && b) && c) && d`. Both read the
 * same operands in the same order and give the same answer, errors included; but what `cedar symcc` makes of the second
 * doubles with each operand, so that a set judged element by element would never be done.
 */
import { type Expr, policyToJson, policyToText } from "@cedar-policy/cedar-wasm/nodejs";

/** Shorter chains are asked about as they stand. */
const longestChain = 8;

/** The text of one policy; the same text where it has no long chain. */
export function rightNested(policy: string): string {
  const read = policyToJson(policy);
  if (read.type === "failure") return policy;
  let changed = false;
  const conditions = read.json.conditions.map(({ kind, body }) => {
    const nested = nest(body);
    changed ||= nested !== body;
    return { kind, body: nested };
  });
  if (!changed) return policy;
  const printed = policyToText({ ...read.json, conditions });
  return printed.type === "success" ? `${printed.text}\n` : policy;
}

type Operator = "&&" | "||";

/** The expression itself where nothing of it changes. */
function nest(expression: Expr): Expr {
  if ("!" in expression && "arg" in expression["!"]) {
    const arg = nest(expression["!"].arg);
    return arg === expression["!"].arg ? expression : { "!": { arg } };
  }
  const operator = operatorOf(expression);
  if (operator === undefined) return expression;
  const operands = operandsOf(expression, operator);
  const nested = operands.map(nest);
  if (operands.length <= longestChain && nested.every((operand, index) => operand === operands[index]))
    return expression;
  return nested.reduceRight((right, left) => binary(operator, left, right));
}

function operatorOf(expression: Expr): Operator | undefined {
  if ("&&" in expression) return "&&";
  return "||" in expression ? "||" : undefined;
}

function operandsOf(expression: Expr, operator: Operator): readonly Expr[] {
  const sides = operator === "&&" && "&&" in expression ? expression["&&"] : "||" in expression ? expression["||"] : [];
  if (operatorOf(expression) !== operator || !("left" in sides)) return [expression];
  return [...operandsOf(sides.left, operator), ...operandsOf(sides.right, operator)];
}

function binary(operator: Operator, left: Expr, right: Expr): Expr {
  return operator === "&&" ? { "&&": { left, right } } : { "||": { left, right } };
}
