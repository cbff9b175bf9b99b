/** Policies as text: each part is printed by Cedar from data, comments go in between, and Cedar's formatter lays it out. */
import { formatPolicyText, type PolicyJson, printPolicy } from "./cedar.ts";
import { comment } from "./comment.ts";
import { CompileBug } from "./compile-bug.ts";
import { expressionOf } from "./condition.ts";
import { type Expr, join } from "./expression.ts";
import type { Forbid, OpenCondition, Permit } from "./policy.ts";
import { forbidAnnotations, resourceOf, scopeOf } from "./policy-json.ts";

export interface PolicyPrinter {
  readonly permit: (permit: Permit) => string;
  readonly forbid: (forbid: Forbid, pointer: string | undefined) => string;
  /** One text for each, in their order: quicker than one by one. */
  readonly forbids: (forbids: readonly PointedForbid[]) => readonly string[];
}

export interface PointedForbid {
  readonly forbid: Forbid;
  readonly pointer: string | undefined;
}

export function policyPrinter(digest: string): PolicyPrinter {
  const resource = resourceOf(digest);
  const bodyOf = onceEach(printBody);
  const pieceOf = ({ forbid, pointer }: PointedForbid): Piece => {
    const { actions, unless } = forbid;
    const annotations = forbidAnnotations(forbid, pointer);
    const head = headOf({ effect: "forbid", action: scopeOf(actions), resource, annotations });
    if (unless === undefined) return { text: `${head};`, isLaidOut: true };
    const body = bodyOf(unless);
    if (!isTooLongToLayOut(body)) return { text: `${head} unless { ${body} };`, isLaidOut: true };
    return { text: `${withoutEnd(formatPolicyText(`${head};`))}\nunless { ${body} };\n`, isLaidOut: false };
  };
  return {
    permit: ({ id, action, clauses }) => {
      const head = headOf({ effect: "permit", action: scopeOf([action]), resource, annotations: { id } });
      const whens = groups(clauses).map(({ ids, conditions }) => {
        const [only, ...others] = conditions;
        const body = only !== undefined && others.length === 0 ? bodyOf(only) : printTogether(conditions);
        return { text: `${ids.map(comment).join("")}when { ${body} }`, isLaidOut: !isTooLongToLayOut(body) };
      });
      return `${[withoutEnd(formatPolicyText(`${head};`)), ...layOutClauses(whens)].join("\n")};\n`;
    },
    forbid: (forbid, pointer) => layOutPolicies([pieceOf({ forbid, pointer })]).join(""),
    forbids: (forbids) => layOutPolicies(forbids.map(pieceOf)),
  };
}

type Head = Pick<PolicyJson, "effect" | "action" | "resource" | "annotations">;

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

interface Piece {
  readonly text: string;
  /** Whether the formatter may be asked; what it cannot take stays as it is. */
  readonly isLaidOut: boolean;
}

function layOutPolicies(policies: readonly Piece[]): readonly string[] {
  return batchesOf(policies).flatMap((batch) => {
    const texts = batch.map(({ text }) => text);
    if (!batch.every(({ isLaidOut }) => isLaidOut)) return texts;
    // No literal of Cedar holds a line break, and the formatter leaves no blank line within a policy.
    const formatted = withoutEnd(formatPolicyText(texts.join("\n"))).split(";\n\n");
    if (formatted.length !== batch.length) throw new CompileBug("Cedar sets policies apart in another way");
    return formatted.map((policy) => `${policy};\n`);
  });
}

/** The last clause of a policy is laid out with the `;` behind it. */
function layOutClauses(clauses: readonly Piece[]): readonly string[] {
  const last = clauses.at(-1);
  return batchesOf(clauses).flatMap((batch) => {
    const texts = batch.map(({ text }) => text);
    if (!batch.every(({ isLaidOut }) => isLaidOut)) return texts;
    return [formatClauses(texts.join("\n"), last === undefined || batch.includes(last))];
  });
}

function formatClauses(clauses: string, isLast: boolean): string {
  const follower = isLast ? "" : "\nwhen { true }";
  const formatted = formatPolicyText(`${everything}\n${clauses}${follower};`);
  const laidOut = withoutEnd(formatted).slice(everything.length + 1, follower === "" ? undefined : -follower.length);
  if (formatted !== `${everything}\n${laidOut}${follower};\n`) {
    throw new CompileBug("Cedar lays out a clause in another way");
  }
  return laidOut;
}

/** A call of the formatter has its price, and its time grows with the square of the text: so some pieces at a time. */
const batchLength = 2_500;

/** Neighbours together, those that are not laid out alone. */
function batchesOf(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const batches: Piece[][] = [];
  let length = Number.POSITIVE_INFINITY;
  for (const piece of pieces) {
    length += piece.text.length;
    if (piece.isLaidOut && length <= batchLength) {
      batches.at(-1)?.push(piece);
    } else {
      batches.push([piece]);
      length = piece.isLaidOut ? piece.text.length : Number.POSITIVE_INFINITY;
    }
  }
  return batches;
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
