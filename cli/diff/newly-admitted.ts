/** Calls at the limits of two envelopes that one allows and the other denies, by the decoders and the reference evaluator (SPEC §11). */
import type { Json } from "../../compiler/targets/vectors/change.ts";
import type { FieldPlans } from "../../compiler/targets/vectors/field-plan.ts";
import { type Decoder, planDecoder } from "../../runtime/decode/decode.ts";
import { freshState } from "../../runtime/session/fresh.ts";
import type { Envelope } from "../../schema/envelope.ts";
import { canonicalJson } from "../../schema/json/canonical.ts";
import { planReference } from "../../schema/reference/evaluate.ts";
import type { HostileRequest, State } from "../../schema/request.ts";
import { type KnownIds, knownIds, type StateMap } from "../eval/known-ids.ts";
import { isObject, mergeState } from "../eval/state.ts";
import { type Boundary, boundaryOf } from "./boundary.ts";
import { type Call, callWith, variantsOf, withOperands } from "./calls.ts";
import { type Facts, momentsOf } from "./moments.ts";
import { newlyListed } from "./newly-listed.ts";
import { openings, spanOf } from "./openings.ts";

export interface Admitted {
  /** The bound of the old envelope that denies it, or where the old one cannot decode it: `decode<pointer>`. */
  readonly bound: string;
  readonly effect: string;
  /** As the new envelope decodes them; amounts in minor units. */
  readonly fields: unknown;
  readonly proposal: Call;
  /** The whole question to the new envelope (SPEC §5). */
  readonly request: HostileRequest;
}

/** One call for each bound that alone denied it. None where these calls show nothing: that does not say that there is none. */
export function newlyAdmitted(before: Envelope, after: Envelope): readonly Admitted[] {
  const [old, now] = [boundaryOf(before), boundaryOf(after)];
  const judge = planComparison(old, now);
  const found = new Map<string, Admitted>();
  for (const { call, request, openings } of candidates(old, now, changedEffects(before, after)))
    for (const admitted of judge(call, request, openings))
      if (!found.has(admitted.bound)) found.set(admitted.bound, admitted);
  return [...found.values()];
}

/** Those that the two do not say the same about, character for character. */
function changedEffects(before: Envelope, after: Envelope): readonly string[] {
  const around = ({ effects: _, id: __, goal: ___, ...rest }: Envelope) => canonicalJson(rest);
  const isSame = around(before) === around(after);
  return Object.keys(after.effects).filter(
    (name) =>
      !isSame ||
      !Object.hasOwn(before.effects, name) ||
      canonicalJson(before.effects[name]) !== canonicalJson(after.effects[name]),
  );
}

interface Candidate {
  readonly call: Call;
  /** Whose facts are taken. */
  readonly request: Json;
  readonly openings: readonly number[];
}

/** What is said anew first, then the boundary vectors of both. */
function* candidates(old: Boundary, now: Boundary, effects: readonly string[]): Generator<Candidate> {
  for (const name of effects) {
    const effect = now.envelope.effects[name]!;
    const was = Object.hasOwn(old.envelope.effects, name) ? old.envelope.effects[name] : undefined;
    const times = openings(was?.schedule, effect.schedule, spanOf(now.envelope));
    const bases = [now.bases.get(name), old.bases.get(name)].filter((base) => base !== undefined);
    for (const request of bases) {
      const made = (call: Call): Candidate => ({ call, request, openings: times });
      const plans: FieldPlans = now.plans.get(name) ?? new Map();
      for (const { key, value } of newlyListed(old.plans.get(name), plans, request.fields)) {
        const fields = { ...(isObject(request.fields) ? request.fields : {}), [key]: value };
        yield made(callWith(effect, request.tool, fields));
      }
      yield* variantsOf(was, effect, request.fields).map(made);
      for (const fields of withOperands(effect, plans, request.fields))
        yield made(callWith(effect, request.tool, fields));
    }
    for (const request of [...now.requests, ...old.requests])
      if (request.effect === name)
        yield { call: callWith(effect, request.tool, request.fields), request, openings: times };
  }
}

type Comparison = (call: Call, request: Json, openings: readonly number[]) => readonly Admitted[];

function planComparison(old: Boundary, now: Boundary): Comparison {
  const [mine, theirs] = [sideOf(now, now.envelope.principal), sideOf(old, now.envelope.principal)];
  const [known, span] = [idsOfBoth(knownIds(now.envelope), knownIds(old.envelope)), spanOf(now.envelope)];
  return (call, request, times) => {
    const proposal = JSON.stringify(call);
    const decoded = mine.decode(proposal);
    if (!decoded.ok || decoded.call.effect !== request.effect) return [];
    const { effect, fields } = decoded.call;
    const before = theirs.decode(proposal);
    const admitted = (asked: Json) =>
      momentsOf(asked, known, span, times).flatMap((facts): readonly Admitted[] => {
        const question = mine.question(decoded.call, facts);
        if (mine.judge(question).verdict !== "allow") return [];
        const bound = before.ok ? aloneIn(theirs.judge(theirs.question(before.call, facts))) : before.failures[0]?.id;
        return bound === undefined ? [] : [{ bound, effect, fields, proposal: call, request: question }];
      });
    for (const asked of withPeople(request, now)) {
      const found = admitted(asked);
      if (found.length > 0) return found;
    }
    return [];
  };
}

/** A counter that only the old envelope keeps may be what denies. */
function idsOfBoth(one: KnownIds, other: KnownIds): KnownIds {
  const both = (map: StateMap) => new Set([...one[map], ...other[map]]);
  return {
    meters: both("meters"),
    velocity: both("velocity"),
    local: both("local"),
    approvals: both("approvals"),
    last: both("last"),
    produced: both("produced"),
    evidence: both("evidence"),
  };
}

function aloneIn({ violations: [bound, ...others] }: { readonly violations: readonly string[] }): string | undefined {
  return others.length === 0 ? bound : undefined;
}

/** Nobody agrees; whoever does in the vector; everybody whom the new envelope may ask. */
function withPeople(request: Json, { people }: Boundary): readonly Json[] {
  const state = isObject(request.state) ? request.state : {};
  const given = isObject(state.approvals) ? state.approvals : {};
  const all = { ...given, ...people.get(String(request.effect)) };
  return [{}, given, all].map((approvals) => ({ ...request, state: { ...state, approvals } }));
}

type Judge = ReturnType<typeof planReference>;
type Decoded = Pick<Extract<ReturnType<Decoder>, { ok: true }>["call"], "effect" | "tool" | "fields">;

/** @param principal who calls */
function sideOf(
  { envelope, digest }: Boundary,
  principal: string,
): {
  readonly decode: Decoder;
  readonly judge: Judge;
  readonly question: (call: Decoded, facts: Facts) => HostileRequest;
} {
  const fresh = new Map<string, State>();
  const freshAt = (effect: string, now: number) => {
    const key = `${now} ${effect}`;
    const state = fresh.get(key) ?? { ...freshState(envelope, effect, now), seq: 1, evidence: {} };
    fresh.set(key, state);
    return state;
  };
  return {
    decode: remembering(planDecoder(envelope)),
    judge: planReference(envelope, digest),
    question: ({ effect, tool, fields }, { now, justified, state }) => ({
      envelope: digest,
      principal,
      effect,
      tool,
      fields,
      justified,
      now,
      state: mergeState(freshAt(effect, now), state),
    }),
  };
}

/** Most vectors change facts, and ask about the same call. */
function remembering(decode: Decoder): Decoder {
  const known = new Map<Parameters<Decoder>[0], ReturnType<Decoder>>();
  return (proposal) => {
    const decoded = known.get(proposal) ?? decode(proposal);
    known.set(proposal, decoded);
    return decoded;
  };
}
