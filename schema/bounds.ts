/** The table of bounds (SPEC §3): their order, codes and the verdict each of them calls for. */

export const boundKinds = [
  { kind: "kill", id: /^kill$/, code: "KILLED", verdict: "deny" },
  { kind: "halt", id: /^halt$/, code: "CIRCUIT_BREAKER_ACTIVE", verdict: "deny" },
  { kind: "phase", id: /^phase$/, code: "SESSION_NOT_ACTIVE", verdict: "deny" },
  { kind: "notBefore", id: /^validity\/not_before$/, code: "NOT_YET_VALID", verdict: "deny" },
  { kind: "expiresAt", id: /^validity\/expires_at$/, code: "ENVELOPE_EXPIRED", verdict: "deny" },
  { kind: "duration", id: /^validity\/duration$/, code: "ENVELOPE_EXPIRED", verdict: "deny" },
  { kind: "principal", id: /^principal$/, code: "PRINCIPAL_MISMATCH", verdict: "deny" },
  { kind: "evidence", id: /^evidence\/[^/]+$/, code: "EVIDENCE_MISSING", verdict: "deny" },
  { kind: "forbidden", id: /^forbidden\/\d+$/, code: "FORBIDDEN_EFFECT", verdict: "deny" },
  { kind: "granted", id: /^granted$/, code: "CAPABILITY_NOT_GRANTED", verdict: "deny" },
  { kind: "requires", id: /^effects\/[^/]+\/requires\/[^/]+$/, code: "CAPABILITY_NOT_GRANTED", verdict: "deny" },
  { kind: "mode", id: /^mode$/, code: "MODE_FORBIDS", verdict: "deny" },
  { kind: "allow", id: /^effects\/[^/]+\/allow\/[^/]+$/, code: "SCOPE_VIOLATION", verdict: "deny" },
  { kind: "rows", id: /^effects\/[^/]+\/rows\/\d+$/, code: "SCOPE_VIOLATION", verdict: "deny" },
  { kind: "relations", id: /^effects\/[^/]+\/relations\/\d+$/, code: "SCOPE_VIOLATION", verdict: "deny" },
  { kind: "perCall", id: /^effects\/[^/]+\/per_call\/[^/]+$/, code: "CAP_EXCEEDED", verdict: "deny" },
  { kind: "session", id: /^effects\/[^/]+\/session\/[^/]+$/, code: "BUDGET_EXCEEDED", verdict: "deny" },
  { kind: "budget", id: /^budgets\/[^/]+$/, code: "BUDGET_EXCEEDED", verdict: "deny" },
  { kind: "velocity", id: /^effects\/[^/]+\/velocity\/\d+$/, code: "RATE_LIMIT_EXCEEDED", verdict: "deny" },
  { kind: "after", id: /^effects\/[^/]+\/after\/\d+$/, code: "ORDER_VIOLATION", verdict: "deny" },
  { kind: "schedule", id: /^effects\/[^/]+\/schedule$/, code: "OUTSIDE_SCHEDULE", verdict: "deny" },
  { kind: "justification", id: /^effects\/[^/]+\/justification$/, code: "JUSTIFICATION_MISSING", verdict: "deny" },
  { kind: "approval", id: /^effects\/[^/]+\/approval$/, code: "APPROVAL_REQUIRED", verdict: "hold" },
  { kind: "channel", id: /^effects\/[^/]+\/channel$/, code: "EXTERNAL_EFFECT_PROPOSED", verdict: "hold" },
] as const;

export type BoundKindEntry = (typeof boundKinds)[number];
export type BoundKind = BoundKindEntry["kind"];
export type BoundCode = BoundKindEntry["code"];

/** The entry of the table that a bound id belongs to; undefined for an id of no bound. */
export function boundKindOf(id: string): BoundKindEntry | undefined {
  return boundKinds.find((entry) => entry.id.test(id));
}
