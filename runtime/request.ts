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
  // In the order of the canonical form, which is then written without ado; so are the records and the claims made of it.
  return {
    effect: call.effect,
    envelope,
    fields: call.fields,
    justified,
    ...(now === undefined ? {} : { now }),
    ...(principal === undefined ? {} : { principal }),
    ...(state === undefined ? {} : { state }),
    tool: call.tool,
  };
}

function ownFacts(facts: HostileFacts): HostileFacts {
  const read = (name: keyof HostileFacts) => plainCopy(ownMember(facts, name));
  return { principal: read("principal"), now: read("now"), justified: read("justified"), state: read("state") };
}
