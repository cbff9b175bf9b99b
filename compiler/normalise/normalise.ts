/** A valid envelope → what the Cedar emitter prints from and the Rego library reads as data. */
import type { Envelope } from "../../schema/envelope.ts";
import type { NormalisedEnvelope } from "../../schema/normalised.ts";
import { normaliseCommon } from "./common.ts";
import { normaliseEffect } from "./effect.ts";
import { sortedMap } from "./maps.ts";

/** @param digest `sha256:<hex>` of the source document */
export function normalise(envelope: Envelope, digest: string): NormalisedEnvelope {
  const effects = Object.entries(envelope.effects);
  return {
    ambit: "1",
    id: envelope.id,
    digest,
    bounds: normaliseCommon(envelope),
    effects: sortedMap(effects.map(([name, effect]) => [name, normaliseEffect(name, effect, envelope)] as const)),
  };
}
