/** The one function that makes the document which every engine judges (SPEC §5). */
import type { HostileRequest } from "../schema/request.ts";
import type { DecodedCall } from "./decode/decode.ts";
import type { HostileFacts } from "./facts.ts";
import { ownMember } from "./own.ts";
import { plainCopy } from "./plain-copy.ts";

/**
 * A fact that is left out is left out of the request too, so that the bounds which need it are violated. The facts are read
 * once, and copied: what their owner does to them afterwards changes neither the engines' question nor the verdict's.
 *
 * @param envelope `sha256:<hex>` of the envelope
 */
export function buildRequest(envelope: string, call: DecodedCall, facts: HostileFacts): HostileRequest {
  const { principal, now, justified = false, state } = ownFacts(facts);
  return {
    envelope,
    ...(principal === undefined ? {} : { principal }),
    effect: call.effect,
    tool: call.tool,
    fields: call.fields,
    justified,
    ...(now === undefined ? {} : { now }),
    ...(state === undefined ? {} : { state }),
  };
}

function ownFacts(facts: HostileFacts): HostileFacts {
  const read = (name: keyof HostileFacts) => plainCopy(ownMember(facts, name));
  return { principal: read("principal"), now: read("now"), justified: read("justified"), state: read("state") };
}
