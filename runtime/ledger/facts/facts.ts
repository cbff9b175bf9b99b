/** From what a session has come to, to the `state` that the engines see for one call (SPEC §5). */
import type { Effect, Envelope } from "../../../schema/envelope.ts";
import type { Charges } from "../../../schema/ledger.ts";
import type { FieldValues, State } from "../../../schema/request.ts";
import { localTime } from "../../../schema/time/zones.ts";
import type { SessionState } from "../state.ts";
import { approvalsOf, saidOf } from "./approvals.ts";
import { bucketOf, chargesOf, type Meter, metersOf } from "./meters.ts";
import { allowedWithin } from "./windows.ts";

/** A decoded call, as far as the state of its session depends on it. */
export interface CallInSession {
  /** `""` if no effect reaches the tool. */
  readonly effect: string;
  readonly fields: FieldValues;
  readonly proposalHash: string;
}

export interface FactsPlan {
  /** Holds only what the effect's own bounds read: the last settlements and results of others are left out. */
  readonly stateOf: (state: SessionState, call: CallInSession, now: number) => State;
  /** What an allow of the call reserves; undefined where that cannot be told, and the call must not be allowed. */
  readonly chargesOf: (call: CallInSession, now: number) => Charges | undefined;
}

/** Everything in the order of RFC 8785, in which it is written. */
interface EffectPlan {
  readonly effect: Effect;
  readonly meters: readonly Meter[];
  /** Milliseconds by bound id. */
  readonly windows: readonly (readonly [id: string, length: number])[];
  /** `effect/result` */
  readonly produced: readonly string[];
  /** Effects. */
  readonly after: readonly string[];
}

/** @param envelope valid: what `readEnvelope` lets pass */
export function planFacts(envelope: Envelope): FactsPlan {
  const plans = new Map(
    Object.entries(envelope.effects).map(([name, effect]) => [name, planEffect(name, effect, envelope)]),
  );
  return {
    chargesOf: ({ effect, fields }, now) => {
      const plan = plans.get(effect);
      return plan && chargesOf(plan.meters, fields, now);
    },
    stateOf: (state, call, now) => {
      const { activatedAt, halted, killed, phase, end } = state;
      const { approvals, last, local, meters, produced, velocity } = effectFacts(
        plans.get(call.effect),
        state,
        call,
        now,
      );
      const evidence = mapOf([...state.evidence]);
      const { seq } = end.head;
      return {
        activatedAt,
        approvals,
        evidence,
        halted,
        killed,
        last,
        local,
        meters,
        phase,
        produced,
        seq,
        velocity,
      };
    },
  };
}

function planEffect(name: string, effect: Effect, { defaults }: Envelope): EffectPlan {
  const velocity = effect.velocity ?? defaults?.velocity ?? [];
  const produced = Object.values(effect.allow ?? {}).flatMap(({ producedBy }) => producedBy ?? []);
  const windows = velocity.map(({ seconds }, i) => [`effects/${name}/velocity/${i}`, seconds * 1000] as const);
  return {
    effect,
    meters: inOrder(metersOf(name, effect), ({ id }) => id),
    windows: inOrder(windows, ([id]) => id),
    produced: [...new Set(produced)].sort(),
    after: [...new Set((effect.after ?? []).map((after) => after.effect))].sort(),
  };
}

function inOrder<T>(entries: readonly T[], nameOf: (entry: T) => string): readonly T[] {
  return entries.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

type EffectFacts = Pick<State, "meters" | "velocity" | "local" | "approvals" | "last" | "produced">;

function effectFacts(plan: EffectPlan | undefined, state: SessionState, call: CallInSession, now: number): EffectFacts {
  const { meters = [], windows = [], produced = [], after = [], effect } = plan ?? {};
  const allows = state.allows.get(call.effect) ?? [];
  const said = saidOf(state, call.proposalHash);
  const zone = effect?.schedule?.timezone;
  const local = zone === undefined ? undefined : localTime(zone, now);
  return {
    meters: mapOf(
      present(
        meters.map((meter) => {
          const bucket = bucketOf(meter, call.fields, now);
          return [meter.id, bucket === undefined ? undefined : state.sums.of(meter.id, bucket)] as const;
        }),
      ),
    ),
    velocity: mapOf(windows.map(([id, length]) => [id, allowedWithin(allows, now, length)] as const)),
    local: zone === undefined || local === undefined ? mapOf<never>([]) : mapOf([[zone, local]]),
    approvals: mapOf(effect === undefined ? [] : approvalsOf(call.effect, effect, said, now)),
    last: mapOf(present(after.map((name) => [name, state.last.get(name)] as const))),
    produced: mapOf(produced.map((key) => [key, [...(state.produced.get(key) ?? [])]] as const)),
  };
}

function present<T>(entries: readonly (readonly [string, T | undefined])[]): (readonly [string, T])[] {
  return entries.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
}

function mapOf<T>(entries: readonly (readonly [string, T])[]): Readonly<Record<string, T>> {
  const map: Record<string, T> = Object.create(null);
  for (const [key, value] of entries) map[key] = value;
  return map;
}
