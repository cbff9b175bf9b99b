/** Which ids the maps of `state` may name: those of the whole envelope (SPEC §14). */
import { boundsOf } from "../../runtime/bounds-of.ts";
import { type BoundKind, boundKindOf } from "../../schema/bounds.ts";
import type { Envelope } from "../../schema/envelope.ts";

export const stateMaps = ["meters", "velocity", "local", "approvals", "last", "produced", "evidence"] as const;
export type StateMap = (typeof stateMaps)[number];

export type KnownIds = { readonly [M in StateMap]: ReadonlySet<string> };

export function knownIds(envelope: Envelope): KnownIds {
  const effects = Object.entries(envelope.effects);
  const bounds = effects.flatMap(([name]) => boundsOf(envelope, name));
  const ofKinds = (...kinds: readonly BoundKind[]) =>
    bounds.filter((id) => {
      const kind = boundKindOf(id)?.kind;
      return kind !== undefined && kinds.includes(kind);
    });
  return {
    meters: new Set([...ofKinds("session"), ...Object.keys(envelope.budgets).map((meter) => `budgets/${meter}`)]),
    velocity: new Set(ofKinds("velocity")),
    local: new Set(effects.flatMap(([, { schedule }]) => (schedule === undefined ? [] : [schedule.timezone]))),
    approvals: new Set(ofKinds("approval", "channel")),
    last: new Set(effects.map(([name]) => name)),
    produced: new Set(effects.flatMap(([name, { results = {} }]) => Object.keys(results).map((r) => `${name}/${r}`))),
    evidence: new Set(Object.keys(envelope.evidence ?? {})),
  };
}
