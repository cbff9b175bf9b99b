/** Requests for a built envelope: nearly all of them keep every bound but one or two. */
import fc from "fast-check";
import { type BoundKind, boundKinds } from "../../schema/bounds.ts";
import type { HostileRequest } from "../../schema/request.ts";
import type { Built, BuiltEffect } from "./build/built.ts";
import { pickOf } from "./build/built.ts";
import { type Call, callOf, fieldsOf, proposalOf, requestOf } from "./draft.ts";
import { fuzzed } from "./fuzz.ts";
import { type Spoiler, spoilersOf, write } from "./spoil.ts";

const pick = fc.nat({ max: 10_000 });
const kinds = boundKinds.map(({ kind }) => kind);

/** How often each kind is aimed at: more often where few envelopes write it, or where it is hard to violate alone. */
const aims: Readonly<Record<Exclude<BoundKind, "requires" | "mode">, number>> = {
  kill: 1,
  halt: 1,
  phase: 1,
  notBefore: 4,
  expiresAt: 3,
  duration: 2,
  principal: 1,
  evidence: 2,
  forbidden: 3,
  granted: 1,
  allow: 9,
  rows: 3,
  relations: 4,
  perCall: 6,
  session: 2,
  budget: 1,
  velocity: 2,
  after: 3,
  schedule: 2,
  justification: 4,
  approval: 2,
  channel: 4,
};

const aim = fc.constantFrom(...kinds.flatMap((kind) => Array.from({ length: timesAimedAt(kind) }, () => kind)));

function timesAimedAt(kind: BoundKind): number {
  return kind === "requires" || kind === "mode" ? 0 : aims[kind];
}

/** At the edge of a limit twice as often as with a value of no sense at all. */
const spoiling = fc.record({
  kind: aim,
  hostile: fc.constantFrom(false, false, true),
  by: pick,
});

export const requestPlan = fc.record({
  effect: pick,
  /** Decoded from a real call, or made up. */
  decoded: fc.boolean(),
  call: fc.array(pick, { minLength: 12, maxLength: 12 }),
  now: pick,
  edge: fc.boolean(),
  fuzz: fc.oneof(
    { arbitrary: fc.constant(undefined), weight: 14 },
    { arbitrary: fc.record({ at: pick, by: pick }), weight: 1 },
  ),
  approved: fc.nat({ max: 9 }).map((n) => n > 0),
  spoil: fc.oneof(
    { arbitrary: fc.array(spoiling, { maxLength: 0 }), weight: 2 },
    { arbitrary: fc.array(spoiling, { minLength: 1, maxLength: 1 }), weight: 6 },
    { arbitrary: fc.array(spoiling, { minLength: 2, maxLength: 3 }), weight: 1 },
  ),
});

export type RequestPlan = typeof requestPlan extends fc.Arbitrary<infer T> ? T : never;

export interface Drafted {
  readonly effect: BuiltEffect;
  readonly call: Call;
  /** The call as sent, where the request is to be decoded from it. */
  readonly proposal: Readonly<Record<string, unknown>> | undefined;
  /** What the call is expected to decode to. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** The finished request around decoded fields. */
  readonly request: (fields: unknown) => HostileRequest;
}

export function draft(built: Built, digest: string, plan: RequestPlan): Drafted {
  const effect = pickOf(built.effects, plan.effect)!;
  const call = callOf(effect, (index) => plan.call[index % plan.call.length]!);
  const start = Date.parse(built.document.validity.notBefore);
  const end = Date.parse(built.document.validity.expiresAt);
  const inside = pickOf([start, end - 1, Math.floor((start + end) / 2)], plan.now)!;
  const spoilers = choose(spoilersOf(built, effect, call, inside), plan.spoil);
  for (const spoiler of spoilers) if ("samples" in spoiler) spoiler.samples(call.samples);
  const now = spoilers.reduce((now, spoiler) => ("now" in spoiler ? spoiler.now : now), inside);
  const levels = { now, edge: plan.edge, approved: plan.approved };
  return {
    effect,
    call,
    proposal: plan.decoded ? proposalOf(effect, call) : undefined,
    fields: fieldsOf(effect, call),
    request: (fields) => {
      const kept = requestOf(built, digest, effect, call, fields, levels);
      const spoilt = spoilers.reduce<Record<string, unknown>>(
        (request, spoiler) => ("path" in spoiler ? write(request, spoiler.path, spoiler.value) : request),
        kept,
      );
      return plan.fuzz === undefined ? spoilt : (fuzzed(spoilt, plan.fuzz.at, plan.fuzz.by) as HostileRequest);
    },
  };
}

function choose(spoilers: readonly Spoiler[], chosen: RequestPlan["spoil"]): readonly Spoiler[] {
  const byKind = Map.groupBy(spoilers, ({ kind }): BoundKind => kind);
  const present = kinds.filter((kind) => byKind.has(kind));
  return chosen.flatMap(({ kind, hostile, by }) => {
    const fitting = byKind.get(kind) ?? byKind.get(pickOf(present, by)!) ?? [];
    const wanted = fitting.filter((spoiler) => spoiler.hostile === hostile);
    return pickOf(wanted.length > 0 ? wanted : fitting, by) ?? [];
  });
}
