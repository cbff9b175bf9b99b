/** From what a session has come to, to the `state` that the engines see for one call (SPEC §5). */
import type { Effect, Envelope } from "../../../schema/envelope.ts";
import { bare } from "../../../schema/json/bare.ts";
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
      const evidence = mapOf(state.evidence, nameOf, second);
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
    meters: inOrder(metersOf(name, effect), idOf),
    windows: inOrder(windows, nameOf),
    produced: [...new Set(produced)].sort(),
    after: [...new Set((effect.after ?? []).map((after) => after.effect))].sort(),
  };
}

function inOrder<T>(entries: readonly T[], keyOf: (entry: T) => string): readonly T[] {
  return entries.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

type EffectFacts = Pick<State, "meters" | "velocity" | "local" | "approvals" | "last" | "produced">;

function effectFacts(plan: EffectPlan | undefined, state: SessionState, call: CallInSession, now: number): EffectFacts {
  const { meters = [], windows = [], produced = [], after = [], effect } = plan ?? {};
  const allows = state.allows.get(call.effect) ?? [];
  const said = saidOf(state, call.proposalHash);
  const zone = effect?.schedule?.timezone;
  const local = zone === undefined ? undefined : localTime(zone, now);
  return {
    meters: mapOf(meters, idOf, (meter) => {
      const bucket = bucketOf(meter, call.fields, now);
      return bucket === undefined ? undefined : state.sums.of(meter.id, bucket);
    }),
    velocity: mapOf(windows, nameOf, ([, length]) => allowedWithin(allows, now, length)),
    local: mapOf(zone === undefined ? [] : [zone], itself, () => local),
    approvals: mapOf(effect === undefined ? [] : approvalsOf(call.effect, effect, said, now), nameOf, second),
    last: mapOf(after, itself, (name) => state.last.get(name)),
    produced: mapOf(produced, itself, (key) => [...(state.produced.get(key) ?? [])]),
  };
}

/** What has no value is left out. */
function mapOf<I, T>(
  items: Iterable<I>,
  keyOf: (item: I) => string,
  memberOf: (item: I) => T | undefined,
): Readonly<Record<string, T>> {
  const map = bare<T>();
  for (const item of items) {
    const value = memberOf(item);
    if (value !== undefined) map[keyOf(item)] = value;
  }
  return map;
}

const itself = (name: string) => name;
const idOf = ({ id }: Meter) => id;
const nameOf = ([name]: readonly [string, unknown]) => name;
const second = <T>([, value]: readonly [string, T]) => value;
