/** Policies as text: each part is printed by Cedar from data, comments go in between, and Cedar's formatter lays it out. */
import { entityTypes } from "../../../schema/cedar/names.ts";
import { formatPolicyText, type PolicyJson, printPolicy } from "./cedar.ts";
import { comment } from "./comment.ts";
import { CompileBug } from "./compile-bug.ts";
import { expressionOf } from "./condition.ts";
import { type Expr, join } from "./expression.ts";
import type { Forbid, OpenCondition, Permit } from "./policy.ts";

export interface PolicyPrinter {
  readonly permit: (permit: Permit) => string;
  readonly forbid: (forbid: Forbid, pointer: string | undefined) => string;
}

/** Every policy is scoped to the envelope, so that the policies of many envelopes can live in one store. */
export function policyPrinter(digest: string): PolicyPrinter {
  const resource: PolicyJson["resource"] = { op: "==", entity: { type: entityTypes.resource, id: digest } };
  const bodyOf = onceEach(printBody);
  return {
    permit: ({ id, action, clauses }) => {
      const head = headOf({ effect: "permit", action: scope([action]), resource, annotations: { id } });
      const whens = groups(clauses).map(({ ids, conditions }, index, { length }) => {
        const [only, ...others] = conditions;
        const body = only !== undefined && others.length === 0 ? bodyOf(only) : printTogether(conditions);
        const clause = `${ids.map(comment).join("")}when { ${body} }`;
        return isTooLongToLayOut(body) ? clause : formatClause(clause, index === length - 1);
      });
      return `${[withoutEnd(formatPolicyText(`${head};`)), ...whens].join("\n")};\n`;
    },
    forbid: ({ id, code, actions, unless }, pointer) => {
      const annotations = { id, code, ...(pointer === undefined ? {} : { pointer }) };
      const head = headOf({ effect: "forbid", action: scope(actions), resource, annotations });
      if (unless === undefined) return formatPolicyText(`${head};`);
      const body = bodyOf(unless);
      if (!isTooLongToLayOut(body)) return formatPolicyText(`${head} unless { ${body} };`);
      return `${withoutEnd(formatPolicyText(`${head};`))}\nunless { ${body} };\n`;
    },
  };
}

type Head = Pick<PolicyJson, "effect" | "action" | "resource" | "annotations">;

function scope(actions: readonly string[] | undefined): PolicyJson["action"] {
  if (actions === undefined) return { op: "All" };
  const entities = actions.map((id) => ({ type: entityTypes.action, id }));
  const [only, ...others] = entities;
  return only !== undefined && others.length === 0 ? { op: "==", entity: only } : { op: "in", entities };
}

function headOf(head: Head): string {
  const text = printPolicy({ ...head, principal: { op: "All" }, conditions: [] });
  if (!text.endsWith(");")) throw new CompileBug("Cedar prints the head of a policy in another way");
  return text.slice(0, -1);
}

const before = "permit(principal, action, resource) when { ";
const behind = " };";

function printBody(condition: OpenCondition): string {
  return printExpression(expressionOf(condition));
}

function printExpression(body: Expr): string {
  const any = { op: "All" } as const;
  const text = printPolicy({
    effect: "permit",
    principal: any,
    action: any,
    resource: any,
    conditions: [{ kind: "when", body }],
  });
  if (!text.startsWith(before) || !text.endsWith(behind)) {
    throw new CompileBug("Cedar prints a condition in another way");
  }
  return text.slice(before.length, -behind.length);
}

function printTogether(conditions: readonly OpenCondition[]): string {
  return printExpression(join("&&", conditions.map(expressionOf)));
}

/** Cedar's formatter recurses over a list, and overflows its stack at about 3,000 elements: such a condition stays on one line. */
function isTooLongToLayOut(body: string): boolean {
  return body.split(", ").length > 1_500;
}

/** Clauses are laid out one by one: the formatter's time grows with the square of a policy's length. The last one ends in `;`. */
function formatClause(clause: string, isLast: boolean): string {
  const follower = isLast ? "" : "\nwhen { true }";
  const formatted = formatPolicyText(`${everything}\n${clause}${follower};`);
  const formattedClause = withoutEnd(formatted).slice(
    everything.length + 1,
    follower === "" ? undefined : -follower.length,
  );
  if (formatted !== `${everything}\n${formattedClause}${follower};\n`) {
    throw new CompileBug("Cedar lays out a clause in another way");
  }
  return formattedClause;
}

const everything = "permit (principal, action, resource)";

function withoutEnd(policy: string): string {
  if (!policy.endsWith(";\n")) throw new CompileBug("Cedar ends a policy in another way");
  return policy.slice(0, -2);
}

/** Cedar's evaluator takes some hundred clauses: beyond that several bounds share one. */
const mostClauses = 100;

function groups(clauses: Permit["clauses"]) {
  const size = Math.ceil(clauses.length / mostClauses);
  return Array.from({ length: size === 0 ? 0 : Math.ceil(clauses.length / size) }, (_, index) => {
    const group = clauses.slice(index * size, (index + 1) * size);
    return { ids: group.map(({ id }) => id), conditions: group.map(({ condition }) => condition) };
  });
}

/** A bound's condition stands in its forbid and in the permit of each effect. */
function onceEach<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}
