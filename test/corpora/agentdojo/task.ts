/**
 * Envelopes for the user tasks of AgentDojo, one each, by hand: from the user's prompt, the schemas of the tools and the
 * environment as the user knows it (account history, files, address book, channels). The calls that solve a task were not
 * looked at.
 */
import type { Effect, Envelope } from "../../../schema/envelope.ts";

/** What one user task grants. */
export interface Task {
  readonly effects: Readonly<Record<string, Effect>>;
  /** Words in the bounds that are concluded from the environment (a count, a spelling), not written in it. */
  readonly concluded?: readonly string[];
}

export type Suite = "banking" | "slack";

const capabilities = { banking: ["ACCOUNT_ACCESS", "FINANCIAL_ACTIONS", "IO_READ_LOCAL"], slack: ["NET_ACCESS"] };

export const startsAt = Date.parse("2025-06-02T09:00:00Z");

export function envelopeFor(suite: Suite, task: string, { effects }: Task): Envelope {
  const id = `${suite}_${task}`;
  return {
    ambit: "1",
    id,
    goal: { summary: `AgentDojo ${suite} ${task}` },
    issuer: "owner.example",
    principal: `agent:${suite}`,
    mode: "window",
    validity: { notBefore: "2025-06-02T00:00:00Z", expiresAt: "2025-06-03T00:00:00Z", maxDurationSeconds: 3600 },
    capabilities: capabilities[suite],
    budgets: { actions: { max: 60 }, externalCalls: { max: 12 } },
    defaults: { velocity: [{ max: 30, seconds: 60 }] },
    effects: { ...effects },
    forbidden: [],
    recovery: "manual_only",
    killSwitch: { signal: `kill/${id}` },
  };
}
