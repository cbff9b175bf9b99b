/** Requests for a built envelope: nearly all of them keep every bound but one or two. */
import fc from "fast-check";
import { type BoundKind, boundKinds } from "../../schema/bounds.ts";
import type { HostileRequest } from "../../schema/request.ts";
import type { Built, BuiltEffect } from "./build.ts";
import { pickOf } from "./build.ts";
import { type Call, callOf, fieldsOf, proposalOf, requestOf } from "./draft.ts";
import { type Spoiler, spoilersOf, write } from "./spoil.ts";

const pick = fc.nat({ max: 10_000 });
const kinds = boundKinds.map(({ kind }) => kind);

export const requestPlan = fc.record({
  effect: pick,
  /** Decoded from a real call, or made up. */
  decoded: fc.boolean(),
  call: fc.array(pick, { minLength: 12, maxLength: 12 }),
  now: pick,
  edge: fc.boolean(),
  approved: fc.constantFrom(true, true, true, false),
  spoil: fc.array(fc.record({ kind: fc.constantFrom(...kinds), by: pick }), { maxLength: 2 }),
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
      return spoilers.reduce<Record<string, unknown>>(
        (request, spoiler) => ("path" in spoiler ? write(request, spoiler.path, spoiler.value) : request),
        kept,
      );
    },
  };
}

function choose(spoilers: readonly Spoiler[], chosen: RequestPlan["spoil"]): readonly Spoiler[] {
  const byKind = Map.groupBy(spoilers, ({ kind }): BoundKind => kind);
  const present = kinds.filter((kind) => byKind.has(kind));
  return chosen.flatMap(({ kind, by }) => {
    const fitting = byKind.get(kind) ?? byKind.get(pickOf(present, by)!);
    return fitting === undefined ? [] : [pickOf(fitting, by)!];
  });
}
