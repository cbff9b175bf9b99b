/** An envelope in which nothing but what a test is about can refuse a call. */
import type { Effect, Envelope } from "../../schema/envelope.ts";

export const plainNow = Date.parse("2025-06-02T09:00:00Z");

export function plainEnvelope(id: string, effects: Readonly<Record<string, Effect>>): Envelope {
  return {
    ambit: "1",
    id,
    goal: { summary: id },
    issuer: "owner.example",
    principal: "agent:tester",
    mode: "window",
    validity: { notBefore: "2025-06-02T00:00:00Z", expiresAt: "2025-06-03T00:00:00Z", maxDurationSeconds: 86400 },
    capabilities: [],
    budgets: { actions: { max: 1 }, externalCalls: { max: 1 } },
    defaults: { velocity: [{ max: 1, seconds: 60 }] },
    effects: { ...effects },
    forbidden: [],
    recovery: "manual_only",
    killSwitch: { signal: `kill/${id}` },
  };
}

/** An effect on the agent's own workspace, one call. */
export const oneCall: Pick<Effect, "external" | "session"> = { external: false, session: { calls: { max: 1 } } };
