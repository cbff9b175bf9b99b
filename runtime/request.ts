/** The one function that makes the document which every engine judges (SPEC §5). */
import type { HostileRequest } from "../schema/request.ts";
import type { DecodedCall } from "./decode/decode.ts";
import type { HostileFacts } from "./facts.ts";

/**
 * A fact that is left out is left out of the request too, so that the bounds which need it are violated.
 *
 * @param envelope `sha256:<hex>` of the envelope
 */
export function buildRequest(envelope: string, call: DecodedCall, facts: HostileFacts): HostileRequest {
  const { principal, now, justified = false, state } = facts;
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
