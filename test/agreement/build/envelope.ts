/** From a plan to the source document, and to what the generator of requests must know of it. */
import type { Envelope } from "../../../schema/envelope.ts";
import { flags } from "../effect.ts";
import type { EnvelopePlan } from "../plan.ts";
import type { Built } from "./built.ts";
import { buildEffect } from "./effect.ts";
import type { Meter } from "./meters.ts";

export function buildEnvelope(plan: EnvelopePlan): Built {
  const meters = new Map<string, Meter>();
  const sets = new Map<string, readonly (string | number)[]>();
  const effects = plan.effects.map((effect, index) => buildEffect(effect, index, plan, meters, sets));
  const types = new Set(plan.effects.flatMap(({ fields }) => fields.flatMap(({ produced }) => produced ?? [])));
  const results = Object.fromEntries(Array.from(types, (type) => [type, { type, from: `/made/${type}` } as const]));
  const documents = effects.map(({ name, effect }, index) => [
    name,
    index === 0 && types.size > 0 ? { ...effect, results } : effect,
  ]);
  const notBefore = Date.parse(plan.validity.notBefore);
  const evidence = Object.fromEntries(
    plan.evidence.map(({ name, maxAgeSeconds, effects: named }) => [
      name,
      { maxAgeSeconds, ...(named ? { effects: [...new Set(named.map((each) => `e${each % effects.length}`))] } : {}) },
    ]),
  );
  const document: Envelope = {
    ambit: "1",
    id: "env_generated",
    goal: { summary: "generated" },
    issuer: "authz.example",
    principal: "agent:s7",
    mode: plan.mode,
    validity: {
      notBefore: plan.validity.notBefore,
      expiresAt: new Date(notBefore + plan.validity.lastsSeconds * 1000).toISOString(),
      maxDurationSeconds: plan.validity.maxDurationSeconds,
    },
    capabilities: [...flags],
    budgets: {
      actions: { max: plan.budgets.actions },
      ...(plan.effects.some(({ external }) => external) ? { externalCalls: { max: plan.budgets.externalCalls } } : {}),
      ...Object.fromEntries(
        Array.from(meters, ([name, { max, unit, write }]) => [name, { max: write(max), ...(unit ? { unit } : {}) }]),
      ),
    },
    ...(sets.size > 0 ? { sets: Object.fromEntries(Array.from(sets, ([name, list]) => [name, [...list]])) } : {}),
    defaults: { velocity: plan.defaultVelocity },
    effects: Object.fromEntries(documents),
    forbidden: [...new Map(plan.forbidden.map((entry) => [JSON.stringify(entry), entry])).values()],
    evidence,
    recovery: "manual_only",
    killSwitch: { signal: "kill/env_generated" },
  };
  return { document, effects };
}
