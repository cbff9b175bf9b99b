/** A call of each effect that its envelope admits, made from the boundary vectors: what the attacks begin with. */
import type { Evaluator } from "../../../runtime/evaluator.ts";
import { freshFacts } from "../../../runtime/session/fresh.ts";
import { type Artefacts, artefactFiles } from "../../../schema/artefacts.ts";
import type { Effect } from "../../../schema/envelope.ts";
import { parseTimestamp } from "../../../schema/values/timestamp.ts";
import { argumentsFor } from "./arguments.ts";
import { withRows } from "./rows.ts";
import { memberOf } from "./written.ts";

export interface Specimen {
  readonly effect: string;
  readonly tool: string;
  /** The proposal, as JSON. */
  readonly proposal: string;
  /** When it may be made; epoch milliseconds. */
  readonly at: number;
  /** What the session must have produced before, by `effect/result`. */
  readonly produced: Readonly<Record<string, readonly (string | number)[]>>;
  /** Effects that must have been settled before. */
  readonly after: readonly string[];
}

/** One for each effect that the vectors show allowed, as far as a call can be written that decodes to their fields. */
export function specimensOf(artefacts: Artefacts, evaluator: Evaluator): readonly Specimen[] {
  const bases = basesOf(artefacts);
  const all = Object.entries(evaluator.envelope.effects).flatMap(([name, effect]) => {
    const request = bases.get(name);
    const specimen = request === undefined ? undefined : specimenOf(evaluator, name, effect, request);
    return specimen === undefined ? [] : [specimen];
  });
  return all.map((specimen) => ({ ...specimen, at: Math.max(specimen.at, ...timesBefore(specimen, all)) }));
}

/** Effects that must have been settled before this one, as far as its own line says. */
export function sourcesOf({ after, produced }: Specimen): ReadonlySet<string> {
  return new Set([...after, ...Object.keys(produced).map((key) => key.slice(0, key.indexOf("/")))]);
}

/** When what comes before it may be called: all of it is done at one time. */
function timesBefore(specimen: Specimen, all: readonly Specimen[], depth = 0): readonly number[] {
  if (depth > all.length) return [];
  const before = all.filter(({ effect }) => sourcesOf(specimen).has(effect));
  return before.flatMap((each) => [each.at, ...timesBefore(each, all, depth + 1)]);
}

/** The requests of the vectors that each effect's other vectors step away from; their base is the first line. */
function basesOf(artefacts: Artefacts): ReadonlyMap<string, unknown> {
  const text = new TextDecoder().decode(artefacts.get(artefactFiles.vectors));
  const bases = new Map<string, unknown>();
  for (const line of text.split("\n")) {
    if (!line.includes('"base":"no effect"') || !line.includes('"verdict":"allow"')) continue;
    const { id, request }: { id: string; request: unknown } = JSON.parse(line);
    bases.set(id, request);
  }
  return bases;
}

function specimenOf(evaluator: Evaluator, name: string, effect: Effect, request: unknown): Specimen | undefined {
  const asked = memberOf(request, "tool");
  const tool = typeof asked === "string" ? asked : toolOf(effect);
  const proposal = JSON.stringify({
    tool,
    args: argumentsFor(effect, tool, withRows(effect, memberOf(request, "fields"))),
  });
  const decoded = evaluator.decode(proposal);
  if (!decoded.ok || decoded.call.effect !== name) return undefined;
  const at = openTime(evaluator, name, proposal);
  if (at === undefined) return undefined;
  const produced = memberOf(memberOf(request, "state"), "produced") ?? {};
  return {
    effect: name,
    tool,
    proposal,
    at,
    produced: Object.fromEntries(Object.entries(produced)),
    after: (effect.after ?? []).map((each) => each.effect),
  };
}

function toolOf({ tools: [first = ""] }: Effect): string {
  return typeof first === "string" ? first : first.tool;
}

const stepMs = 30 * 60_000;
const mostSteps = 4_000;

/** When no bound of time, day or hour stands in the way. */
function openTime(evaluator: Evaluator, effect: string, proposal: string): number | undefined {
  const [from, until] = [evaluator.envelope.validity.notBefore, evaluator.envelope.validity.expiresAt].map(
    parseTimestamp,
  );
  if (!from?.ok || !until?.ok) return undefined;
  const end = until.value - marginMs;
  for (let step = 0, at = from.value; step < mostSteps && at < end; step += 1, at += stepMs) {
    const { violations } = evaluator.decide(proposal, freshFacts(evaluator.envelope, effect, at));
    if (!violations.some(({ id }) => id.endsWith("/schedule"))) return at;
  }
  return undefined;
}

/** The attacks take their time. */
const marginMs = 10 * 60_000;
