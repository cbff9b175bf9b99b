/** The boundary vectors of an envelope as whole requests (SPEC §6). */
import { normalise } from "../../compiler/normalise/normalise.ts";
import { contextTypesOf } from "../../compiler/targets/cedar/context-types.ts";
import { judgedActions } from "../../compiler/targets/cedar/judged.ts";
import type { Json } from "../../compiler/targets/vectors/change.ts";
import { type FieldPlans, planFields } from "../../compiler/targets/vectors/field-plan.ts";
import { merged } from "../../compiler/targets/vectors/merge-patch.ts";
import { makeVectors } from "../../compiler/targets/vectors/vectors.ts";
import type { Envelope } from "../../schema/envelope.ts";
import { canonicalJson, sha256 } from "../../schema/json/canonical.ts";

export interface Boundary {
  readonly envelope: Envelope;
  readonly digest: string;
  /** Bases and what steps away from them, in the order of the vectors. */
  readonly requests: readonly Json[];
  /** Of each effect the request that its vectors step away from. */
  readonly bases: ReadonlyMap<string, Json>;
  /** Of each effect, what it says about its fields. */
  readonly plans: ReadonlyMap<string, FieldPlans>;
  /** Of each effect, the people that it may ask for, by bound id. */
  readonly people: ReadonlyMap<string, Readonly<Record<string, number>>>;
}

export function boundaryOf(envelope: Envelope): Boundary {
  const digest = sha256(canonicalJson(envelope));
  const normalised = normalise(envelope, digest);
  const vectors = makeVectors(envelope, normalised, contextTypesOf(judgedActions(normalised)));
  const wholes = new Map([...vectors.bases].map(([id, { request }]) => [id, request]));
  const effects = Object.entries(normalised.effects);
  return {
    envelope,
    digest,
    requests: vectors.lines.map(({ base, request }) =>
      base === undefined ? request : merged(wholes.get(base) ?? {}, request),
    ),
    bases: wholes,
    plans: new Map(
      Object.entries(envelope.effects).map(([name, effect]) => [name, planFields(effect, normalised.effects[name]!)]),
    ),
    people: new Map(
      effects.map(([name, { bounds }]) => [
        name,
        Object.fromEntries([...(bounds.approval ?? []), ...(bounds.channel ?? [])].map(({ id, keys }) => [id, keys])),
      ]),
    ),
  };
}
