/** What waits for people in a session, with everything that they need to judge it (SPEC §9). */

import type { Effect, Envelope } from "../../../schema/envelope.ts";
import type { NarrativeMember } from "../../../schema/ledger.ts";
import type { FieldValue, FieldValues } from "../../../schema/request.ts";
import type { Violation } from "../../../schema/verdict.ts";
import { approvalsOf, liftedBy, refusalsOf, type Said, saidOf, standingOf } from "../../ledger/facts/approvals.ts";
import { liveHold } from "../../ledger/fold/holds.ts";
import type { LedgerRecord } from "../../ledger/record.ts";
import type { Hold, SessionState } from "../../ledger/state.ts";
import { fieldOf, measureOf, withUnit } from "../../messages/magnitude.ts";
import { own, ownMember } from "../../own.ts";
import type { EffectRemaining, Remaining } from "../remaining/remaining.ts";

/** Times are epoch milliseconds. */
export interface PendingHold {
  /** Of its last `decided` record. */
  readonly seq: number;
  readonly at: number;
  /** From then on nobody can lift it, and the proposal has to come again; null where the ledger does not say. */
  readonly expiresAt: number | null;
  readonly proposalHash: string;
  readonly proposalId: string | null;
  readonly effect: string;
  readonly tool: string;
  /** Canonical values, as they are judged. */
  readonly fields: FieldValues;
  /** The same in the order of the envelope, as a person reads them: with units, decimals and dates. */
  readonly values: readonly ShownValue[];
  readonly heldBy: readonly Pick<Violation, "id" | "message">[];
  readonly people: readonly PeopleAsked[];
  /** What is left for the effect at this moment. */
  readonly remaining: EffectRemaining | null;
  /** What the caller gave for a reason. */
  readonly justification: string | null;
  /** What the agent says beside the call. Nobody has verified it. */
  readonly unverifiedNarrative: readonly NarrativeMember[];
}

export interface ShownValue {
  readonly field: string;
  readonly value: string;
}

/** One bound that people have to lift. */
export interface PeopleAsked {
  readonly bound: string;
  /** How many distinct people. */
  readonly keys: number;
  /** In any of these roles; null where any two different ones do. */
  readonly roles: readonly string[] | null;
  /** Whose approval counts now. */
  readonly approved: readonly { readonly person: string; readonly roles: readonly string[]; readonly until: number }[];
  /** How many more people it takes. */
  readonly missing: number;
}

/** The last verdict on each proposal that may still be lifted, in their order. Nothing waits once nothing can follow. */
export function liveHolds(state: SessionState, now: number): readonly Hold[] {
  if (state.killed || (state.phase !== "active" && state.phase !== "frozen")) return [];
  const hashes = [...state.holds.keys()];
  const live = hashes.flatMap((hash) => liveHold(state, hash, now) ?? []);
  return live.sort((a, b) => a.seq - b.seq);
}

/**
 * @param record the `decided` record of a live hold
 * @returns undefined once somebody has refused it, or where it is no hold
 */
export function pendingHold(
  envelope: Envelope,
  state: SessionState,
  { seq, at, body }: LedgerRecord<"decided">,
  remaining: Remaining,
): PendingHold | undefined {
  const { request, proposalHash } = body;
  const [effectName, tool, fields] = ["effect", "tool", "fields"].map((name) => ownMember(request, name));
  const effect = typeof effectName === "string" ? own(envelope.effects, effectName) : undefined;
  if (proposalHash === null || typeof effectName !== "string" || effect === undefined || !isFields(fields))
    return undefined;
  const said = saidOf(state, proposalHash);
  const asked = askedOf(effectName, effect, body, said, remaining.now);
  if (asked === undefined) return undefined;
  return {
    seq,
    at,
    expiresAt: body.expiresAt ?? null,
    proposalHash,
    proposalId: body.proposalId ?? null,
    effect: effectName,
    tool: String(tool),
    fields,
    values: valuesOf(effect, fields),
    heldBy: body.violations.map(({ id, message }) => ({ id, message })),
    people: asked,
    remaining: remaining.effects.find((left) => left.effect === effectName) ?? null,
    justification: body.justification ?? null,
    unverifiedNarrative: body.narrative ?? [],
  };
}

function askedOf(
  name: string,
  effect: Effect,
  { violations }: LedgerRecord<"decided">["body"],
  said: Said,
  now: number,
): readonly PeopleAsked[] | undefined {
  const counts = new Map(approvalsOf(name, effect, said, now));
  const lifted = liftedBy(name, effect).filter(({ bound }) => violations.some(({ id }) => id === bound));
  if (lifted.some(({ bound, roles }) => refusalsOf(bound, roles, said).length > 0)) return undefined;
  return lifted.map(({ bound, keys, roles }) => ({
    bound,
    keys,
    roles,
    approved: standingOf(bound, roles, said, now).map(({ person, roles: as, until }) => ({ person, roles: as, until })),
    missing: Math.max(0, keys - (counts.get(bound) ?? 0)),
  }));
}

/** Rows, and the parts that a reader has before him already, are left out. */
function valuesOf(effect: Effect, fields: FieldValues): readonly ShownValue[] {
  const order = Object.keys(effect.fields);
  const place = (key: string) => order.indexOf(key.split(".")[0] ?? key);
  return Object.entries(fields)
    .filter(([key]) => !key.startsWith("rows/"))
    .sort(([a], [b]) => place(a) - place(b))
    .map(([key, value]) => ({ field: key, value: valueText(effect, key, value) }));
}

/** Whole: what is cut off could be what matters. */
function valueText(effect: Effect, key: string, value: FieldValue): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object" || "min" in value) return withUnit(measureOf(fieldOf(effect, key)), value);
  return "value" in value ? JSON.stringify(value.value) : JSON.stringify(value.items);
}

function isFields(value: unknown): value is FieldValues {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
