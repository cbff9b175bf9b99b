/** How strong the generator is: how often each kind of bound was judged and kept, and how often it alone was violated. */
import { type BoundKind, boundKindOf, boundKinds } from "../../schema/bounds.ts";
import type { Effect, Envelope } from "../../schema/envelope.ts";
import type { EngineAnswer } from "../../schema/verdict.ts";

export interface Tally {
  satisfied: number;
  alone: number;
}

export type Tallies = Readonly<Record<string, Tally>>;

export function newTallies(names: readonly string[] = boundKinds.map(({ kind }) => kind)): Tallies {
  return Object.fromEntries(names.map((name) => [name, { satisfied: 0, alone: 0 }]));
}

/** Counts one answer: a kind is satisfied when it is judged and none of its bounds is violated. */
export function count(tallies: Tallies, envelope: Envelope, effect: string, { violations }: EngineAnswer): void {
  if (violations.includes("envelope")) return; // A request for another envelope: no bound is judged.
  const violated = new Set(violations.flatMap((id) => boundKindOf(id)?.kind ?? []));
  for (const kind of judgedKinds(envelope, effect, !violated.has("granted"))) {
    if (!violated.has(kind)) tallies[kind]!.satisfied += 1;
  }
  const [only] = violated;
  if (violations.length === 1 && only !== undefined) tallies[only]!.alone += 1;
}

function judgedKinds(envelope: Envelope, effect: string, granted: boolean): readonly BoundKind[] {
  const always: BoundKind[] = ["kill", "halt", "phase", "notBefore", "expiresAt", "duration", "principal", "granted"];
  const { evidence = {}, forbidden, defaults, effects } = envelope;
  if (Object.values(evidence).some((rule) => rule.effects?.includes(effect) ?? true)) always.push("evidence");
  if (forbidden.length > 0) always.push("forbidden");
  return granted ? [...always, ...kindsOf(effects[effect]!, defaults?.velocity !== undefined)] : always;
}

function kindsOf(effect: Effect, hasVelocity: boolean): readonly BoundKind[] {
  const written: Partial<Record<BoundKind, unknown>> = {
    requires: effect.requires?.length,
    mode: effect.external,
    allow: effect.allow,
    rows: effect.rows,
    relations: effect.relations,
    perCall: effect.perCall,
    session: true,
    budget: true,
    velocity: effect.velocity ?? hasVelocity,
    after: effect.after,
    schedule: effect.schedule,
    justification: effect.justification === "required",
    approval: effect.approval,
    channel: effect.channel === "propose",
  };
  return boundKinds.map(({ kind }) => kind).filter((kind) => Boolean(written[kind]));
}

export function table(tallies: Tallies): string {
  const lines = Object.entries(tallies).map(
    ([kind, { satisfied, alone }]) =>
      `${kind.padEnd(24)}${String(satisfied).padStart(10)}${String(alone).padStart(10)}`,
  );
  return [`${"".padEnd(24)}${"satisfied".padStart(10)}${"alone".padStart(10)}`, ...lines].join("\n");
}
