import { type Decoded, planDecoder } from "../../runtime/decode/decode.ts";
import type { Effect, Envelope } from "../../schema/envelope.ts";

/** An effect reached through the tool `t`. */
export function effect(parts: Partial<Effect>): Effect {
  return {
    tools: ["t"],
    external: false,
    fields: {},
    session: { calls: { max: 1 } },
    velocity: [{ max: 1, seconds: 1 }],
    ...parts,
  };
}

export function envelope(effects: Record<string, Effect>): Envelope {
  return {
    ambit: "1",
    id: "env",
    goal: { summary: "test" },
    issuer: "issuer.example",
    principal: "agent:a",
    mode: "base",
    validity: { notBefore: "2024-01-01T00:00:00Z", expiresAt: "2025-01-01T00:00:00Z", maxDurationSeconds: 60 },
    capabilities: [],
    budgets: { actions: { max: 1 } },
    effects,
    forbidden: [],
    recovery: "manual_only",
    killSwitch: { signal: "kill/env" },
  };
}

/** Decodes a call of the tool `t` with these arguments: JSON text, or a value. */
export function call(parts: Partial<Effect>, args: unknown): Decoded {
  const text = typeof args === "string" ? args : JSON.stringify(args);
  return planDecoder(envelope({ e: effect(parts) }))(`{"tool":"t","args":${text}}`);
}

/** The decoded fields, or the ids of the failures. */
export function outcome(decoded: Decoded): unknown {
  return decoded.ok ? JSON.parse(JSON.stringify(decoded.call.fields)) : decoded.failures.map(({ id }) => id);
}
