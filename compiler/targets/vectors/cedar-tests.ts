/** The vectors as tests of `cedar run-tests`, each with its whole request: as many as fit into the file. */
import { boundKindOf, boundKinds } from "../../../schema/bounds.ts";
import { entityTypes, permitId } from "../../../schema/cedar/names.ts";
import { merged } from "./merge-patch.ts";
import type { Vector } from "./vector.ts";
import type { Vectors } from "./vectors.ts";

/** Requests are whole here, so that the file of a large effect would grow with the square of its size. */
const mostBytes = 1_048_576;

export interface CedarTests {
  readonly text: string;
  readonly count: number;
}

/** First those that show a bound at work for the first time, then the others, each question to Cedar once. */
export function cedarTests(vectors: Vectors): CedarTests {
  const shown = new Set<string>();
  const isFirst = ({ want: { violations } }: Vector) => {
    const [only = "", ...others] = violations;
    if (others.length > 0 || shown.has(only)) return false;
    shown.add(only);
    return true;
  };
  const baseViolations = new Map(
    vectors.lines.flatMap(({ id, want }) => (vectors.bases.has(id) ? [[id, want.violations] as const] : [])),
  );
  const judgedByCedar = vectors.lines.filter((line) => isComparable(line, baseViolations));
  const [first, later] = [judgedByCedar.filter(isFirst), new Set(judgedByCedar)];
  for (const line of first) later.delete(line);
  const chosen = new Map<Vector, string>();
  const asked = new Set<string>();
  let bytes = 0;
  for (const line of [...first, ...later]) {
    const { request, rest } = testOf(line, vectors);
    if (asked.has(request)) continue;
    asked.add(request);
    const text = `{"name":${JSON.stringify(line.id)},"request":${request},${rest}}`;
    bytes += text.length;
    if (bytes > mostBytes) break;
    chosen.set(line, text);
  }
  const texts = vectors.lines.flatMap((line) => chosen.get(line) ?? []);
  return { text: `[\n${texts.join(",\n")}\n]\n`, count: texts.length };
}

function testOf(line: Vector, { bases }: Vectors): { readonly request: string; readonly rest: string } {
  const base = line.base === undefined ? undefined : bases.get(line.base)?.cedar;
  const { principal, action, resource, context } = base === undefined ? line.cedar : merged(base, line.cedar);
  const { verdict, violations } = line.want;
  const reason = verdict === "allow" ? [permitId(String(action))] : violations.filter((id) => id !== "envelope");
  return {
    request: JSON.stringify({
      principal: entity("principal", principal),
      action: entity("action", action),
      resource: entity("resource", resource),
      context,
    }),
    rest: `"entities":[],"decision":"${verdict === "allow" ? "allow" : "deny"}","reason":${JSON.stringify(reason)},"num_errors":0`,
  };
}

function entity(kind: keyof typeof entityTypes, id: unknown): string {
  return `${entityTypes[kind]}::"${String(id).replace(/["\\]/g, "\\$&")}"`;
}

/**
 * Where nothing is granted, Cedar names the effect's own bounds too as far as they are violated; the table stops at `granted`.
 * So a request to an effect is asked only if its base violates none of these.
 */
function isComparable({ base = "", want }: Vector, baseViolations: ReadonlyMap<string, readonly string[]>): boolean {
  if (!want.violations.includes("granted")) return true;
  return (baseViolations.get(base) ?? []).every((id) => rowOf(id) <= grantedRow);
}

const rowOf = (id: string) => boundKinds.findIndex(({ kind }) => kind === boundKindOf(id)?.kind);
const grantedRow = rowOf("granted");
