/** Hand-made normalised envelopes and requests for the tests of the Cedar reading. */
import type { NormalisedEffect, NormalisedEnvelope } from "../../schema/normalised.ts";
import type { FieldValue, State } from "../../schema/request.ts";

export const digest = `sha256:${"a".repeat(64)}`;

export const texts = (...values: readonly string[]) => ({
  texts: Object.fromEntries(values.map((value) => [value, true as const])),
});

/** An envelope in force from 1,000,000 to 2,000,000 ms, for at most 500,000 ms, for `agent:s7`. */
export function envelopeOf(
  effects: Readonly<Record<string, NormalisedEffect>>,
  more: Partial<NormalisedEnvelope["bounds"]> = {},
): NormalisedEnvelope {
  return {
    ambit: "1",
    id: "env",
    digest,
    bounds: {
      kill: [{ id: "kill" }],
      halt: [{ id: "halt" }],
      phase: [{ id: "phase" }],
      notBefore: [{ id: "validity/not_before", at: 1_000_000 }],
      expiresAt: [{ id: "validity/expires_at", at: 2_000_000 }],
      duration: [{ id: "validity/duration", max: 500_000 }],
      principal: [{ id: "principal", is: "agent:s7" }],
      granted: [{ id: "granted" }],
      ...more,
    },
    effects,
  };
}

/** An effect `e` reached through the tool `t`, with the bounds given. */
export function envelopeWith(
  bounds: NormalisedEffect["bounds"],
  more: Partial<NormalisedEnvelope["bounds"]> = {},
): NormalisedEnvelope {
  return envelopeOf({ e: { tools: { t: true }, bounds } }, more);
}

export const freshState: State = {
  seq: 1,
  phase: "active",
  killed: false,
  halted: false,
  activatedAt: 1_100_000,
  meters: {},
  velocity: {},
  local: {},
  approvals: {},
  last: {},
  produced: {},
  evidence: {},
};

export function requestFor(
  fields: Readonly<Record<string, FieldValue | unknown>> = {},
  state: { readonly [K in keyof State]?: unknown } = {},
  more: Readonly<Record<string, unknown>> = {},
) {
  return {
    envelope: digest,
    principal: "agent:s7",
    effect: "e",
    tool: "t",
    fields,
    justified: false,
    now: 1_200_000,
    ...more,
    state: { ...freshState, ...state },
  };
}
