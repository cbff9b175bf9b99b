/** The facts of a session that has just been activated and has done nothing yet (SPEC §13). */
import { boundKindOf } from "../../schema/bounds.ts";
import type { Envelope } from "../../schema/envelope.ts";
import { bare } from "../../schema/json/bare.ts";
import type { LocalTime, State } from "../../schema/request.ts";
import { localTime } from "../../schema/time/zones.ts";
import { boundsOf } from "../bounds-of.ts";
import type { Facts } from "../facts.ts";
import { own } from "../own.ts";

/**
 * Active since `now`, nothing used, no approvals, every evidence just seen.
 *
 * @param effect the effect that the call reaches, or `""`; the meters and velocities are those of its own bounds
 * @param now epoch milliseconds
 */
export function freshState(envelope: Envelope, effect: string, now: number): State {
  const bounds = boundsOf(envelope, effect);
  const zeros = (...kinds: readonly (string | undefined)[]) =>
    mapOf(bounds.filter((id) => kinds.includes(boundKindOf(id)?.kind)).map((id) => [id, 0]));
  return {
    seq: 0,
    phase: "active",
    killed: false,
    halted: false,
    activatedAt: now,
    meters: zeros("session", "budget"),
    velocity: zeros("velocity"),
    local: localTimes(own(envelope.effects, effect)?.schedule?.timezone, now),
    approvals: mapOf<number>([]),
    last: mapOf<number>([]),
    produced: mapOf<readonly (string | number)[]>([]),
    evidence: mapOf(Object.keys(envelope.evidence ?? {}).map((name) => [name, now])),
  };
}

/** A fresh session in which the envelope's own principal calls, without a justification. */
export function freshFacts(envelope: Envelope, effect: string, now: number): Facts {
  return { principal: envelope.principal, now, justified: false, state: freshState(envelope, effect, now) };
}

/** A time that the zone's data does not reach is left out, so that the schedule is violated. */
function localTimes(zone: string | undefined, now: number): Readonly<Record<string, LocalTime>> {
  const time = zone === undefined ? undefined : localTime(zone, now);
  return zone === undefined || time === undefined ? mapOf<LocalTime>([]) : mapOf([[zone, time]]);
}

function mapOf<T>(entries: readonly (readonly [string, T])[]): Readonly<Record<string, T>> {
  const map = bare<T>();
  for (const [key, value] of entries) map[key] = value;
  return map;
}
