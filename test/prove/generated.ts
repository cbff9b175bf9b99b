/** Generated envelopes as claims are made about them, and requests for them. */

import { type Emitted, emittedOf } from "../../cli/prove/policies.ts";
import { compile } from "../../compiler/compile.ts";
import type { Envelope } from "../../schema/envelope.ts";
import { canonicalJson, sha256 } from "../../schema/json/canonical.ts";

/** @throws Error for a document that does not compile */
export function emit(document: Envelope): Emitted {
  const { artefacts, diagnostics } = compile(new TextEncoder().encode(JSON.stringify(document)));
  if (artefacts === undefined) throw new Error(JSON.stringify(diagnostics));
  return emittedOf(document, sha256(canonicalJson(document)), artefacts);
}
