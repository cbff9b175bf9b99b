/** The bounds that are judged for every request. */
import type { Envelope, Forbidden } from "../../schema/envelope.ts";
import type { Bound, BoundsByKind, CommonKind } from "../../schema/normalised.ts";
import { parseTimestamp } from "../../schema/values/timestamp.ts";
import { byId, group, members } from "./maps.ts";

const second = 1000;

export function normaliseCommon(envelope: Envelope): BoundsByKind<CommonKind> {
  const { validity, principal, forbidden } = envelope;
  return group<BoundsByKind<CommonKind>>({
    kill: [{ id: "kill" }],
    halt: [{ id: "halt" }],
    phase: [{ id: "phase" }],
    notBefore: [{ id: "validity/not_before", at: instant(validity.notBefore) }],
    expiresAt: [{ id: "validity/expires_at", at: instant(validity.expiresAt) }],
    duration: [{ id: "validity/duration", max: validity.maxDurationSeconds * second }],
    principal: [{ id: "principal", is: principal }],
    evidence: byId(evidence(envelope)),
    forbidden: byId(forbidden.map((entry, i) => ({ id: `forbidden/${i}`, ...forbids(entry, envelope) }))),
    granted: [{ id: "granted" }],
  });
}

function evidence(envelope: Envelope): readonly Bound<"evidence">[] {
  return Object.entries(envelope.evidence ?? {}).map(([name, { maxAgeSeconds, effects }]) => ({
    id: `evidence/${name}`,
    name,
    maxAge: maxAgeSeconds * second,
    ...(effects === undefined ? {} : { effects: members(effects) }),
  }));
}

function forbids({ tool, effect, tag }: Forbidden, envelope: Envelope) {
  if (tool !== undefined) return { tool };
  if (effect !== undefined) return { effects: members([effect]) };
  const tagged = Object.entries(envelope.effects).filter(([, { tags }]) => tag !== undefined && tags?.includes(tag));
  return { effects: members(tagged.map(([name]) => name)) };
}

function instant(written: string): number {
  const parsed = parseTimestamp(written);
  if (!parsed.ok) throw new TypeError(`the rules let ${JSON.stringify(written)} pass as a timestamp`);
  return parsed.value;
}
