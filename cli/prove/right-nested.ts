/**
 * Long chains of `&&` and `||`, nested to the right: `a && (b && (c && d))` instead of `((a && b) && c) && d`. Both read the
 * same operands in the same order and give the same answer, errors included; but what `cedar symcc` makes of the second
 * doubles with each operand, so that it would never be done with a set that is judged element by element.
 */
import { type Expr, type PolicyJson, policyToJson, policyToText } from "@cedar-policy/cedar-wasm/nodejs";

/** Shorter chains are asked about as they stand. */
const longestChain = 8;

/**
 * The text of one policy; the same text where it has no long chain.
 *
 * @throws Error for what is no policy
 */
export function rightNested(policy: string): string {
  const read = policyToJson(policy);
  if (read.type === "failure") throw new Error(`not a policy: ${policy.slice(0, 100)}`);
  const { conditions, ...head } = read.json;
  if (!conditions.some(({ body }) => hasLongChain(body))) return policy;
  const clauses = conditions.map(({ kind, body }) => `\n${kind} { ${nestedText(body)} }`);
  return `${print({ ...head, conditions: [] }).slice(0, -1)}${clauses.join("")};\n`;
}

type Operator = "&&" | "||";

function hasLongChain(expression: Expr): boolean {
  const operands = operandsOf(expression);
  if (operands.length > longestChain) return true;
  return operands.length > 1 ? operands.some(hasLongChain) : negated(expression).some(hasLongChain);
}

function nestedText(expression: Expr): string {
  const operands = operandsOf(expression);
  if (operands.length > 1) {
    return operands.map(nestedText).reduceRight((right, left) => `(${left}) ${operatorOf(expression)} (${right})`);
  }
  const [arg] = negated(expression);
  return arg === undefined ? printExpression(expression) : `!(${nestedText(arg)})`;
}

/** The operands of a chain, from left to right; the expression alone where it is none. */
function operandsOf(expression: Expr, operator = operatorOf(expression)): readonly Expr[] {
  if (operator === undefined || operatorOf(expression) !== operator) return [expression];
  const sides = "&&" in expression ? expression["&&"] : "||" in expression ? expression["||"] : [];
  if (!("left" in sides)) return [expression];
  return [...operandsOf(sides.left, operator), ...operandsOf(sides.right, operator)];
}

function operatorOf(expression: Expr): Operator | undefined {
  if ("&&" in expression) return "&&";
  return "||" in expression ? "||" : undefined;
}

function negated(expression: Expr): readonly Expr[] {
  return "!" in expression && "arg" in expression["!"] ? [expression["!"].arg] : [];
}

const before = "permit(principal, action, resource) when { ";
const behind = " };";

function printExpression(body: Expr): string {
  const any = { op: "All" } as const;
  const conditions = [{ kind: "when" as const, body }];
  return print({ effect: "permit", principal: any, action: any, resource: any, conditions }).slice(
    before.length,
    -behind.length,
  );
}

function print(policy: PolicyJson): string {
  const answer = policyToText(policy);
  if (answer.type === "success") return answer.text;
  throw new Error(answer.errors.map(({ message }) => message).join("; "));
}
