/**
 * The reference evaluator: the table of bounds in plain TypeScript, written to be read beside the language reference.
 * It reads the source document, converts what is written there by itself, and shares no code with the Cedar emitter, the
 * Rego library or the normaliser, so that a mistake in one of them shows as a disagreement.
 */
import { boundKindOf } from "../bounds.ts";
import type { Envelope } from "../envelope.ts";
import type { HostileRequest } from "../request.ts";
import type { EngineAnswer } from "../verdict.ts";
import type { Check } from "./check.ts";
import { commonRows, granted } from "./common.ts";
import { effectRows } from "./effect.ts";
import { member, text } from "./leaves.ts";

/** Judges a request; total, whatever the leaves of the request are. */
export type Reference = (request: HostileRequest) => EngineAnswer;

/**
 * Takes a document that the rules have accepted, and the digest of it that requests must name. Only a tool of the effect
 * grants it; without a grant nothing below `granted` is judged.
 */
export function planReference(envelope: Envelope, digest: string): Reference {
  const checksOf = planChecks(envelope);
  return (request) => {
    if (member(request, "envelope") !== digest) return verdictOn(["envelope"]);
    return verdictOn(
      checksOf(request)
        .filter(({ ok }) => !ok(request))
        .map(({ id }) => id),
    );
  };
}

/** The rows of the table that a request for this envelope is judged by. Which they are depends on its effect and tool alone. */
export function planChecks(envelope: Envelope): (request: HostileRequest) => readonly Check[] {
  const grant = granted(envelope);
  const common = [...commonRows(envelope), grant];
  const byEffect = new Map(
    Object.entries(envelope.effects).map(([name, effect]) => [name, effectRows(envelope, name, effect)]),
  );
  return (request) => {
    const effect = text(member(request, "effect"));
    const below = effect !== undefined && grant.ok(request) ? (byEffect.get(effect) ?? []) : [];
    return [...common, ...below];
  };
}

/** The verdict that follows from the violated bounds. */
export function verdictOn(violations: readonly string[]): EngineAnswer {
  if (violations.length === 0) return { verdict: "allow", violations };
  const askPeople = violations.every((id) => boundKindOf(id)?.verdict === "hold");
  return { verdict: askPeople ? "hold" : "deny", violations };
}
