import { normalise } from "../../compiler/normalise/normalise.ts";
import { renderTypes } from "../../compiler/targets/types/types.ts";
import type { Envelope } from "../../schema/envelope.ts";
import { canonicalJson, sha256 } from "../../schema/json/canonical.ts";

/** The types of a document, whether or not the rules would let it pass. */
export function typesOf(document: Envelope): string {
  return renderTypes(document, normalise(document, sha256(canonicalJson(document))));
}
