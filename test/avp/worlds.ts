/** Generated envelopes, compiled, with requests for them and what the reference says to each. */
import { planAvpRequests } from "../../cli/eval/avp.ts";
import { compile } from "../../compiler/compile.ts";
import { normalise } from "../../compiler/normalise/normalise.ts";
import { readEnvelope } from "../../compiler/read/read.ts";
import type { Artefacts } from "../../schema/artefacts.ts";
import type { IsAuthorizedInput } from "../../schema/cedar/is-authorized.ts";
import { canonicalJson, sha256 } from "../../schema/json/canonical.ts";
import type { NormalisedEnvelope } from "../../schema/normalised.ts";
import { planReference } from "../../schema/reference/evaluate.ts";
import type { HostileRequest } from "../../schema/request.ts";
import type { EngineAnswer } from "../../schema/verdict.ts";

export interface Compiled {
  readonly artefacts: Artefacts;
  readonly normalised: NormalisedEnvelope;
  readonly digest: string;
  readonly ask: (request: HostileRequest) => IsAuthorizedInput | null;
  readonly reference: (request: HostileRequest) => EngineAnswer;
}

export function compiled(document: unknown): Compiled {
  const source = new TextEncoder().encode(JSON.stringify(document));
  const { envelope } = readEnvelope(source);
  const { artefacts } = compile(source, { targets: ["avp", "cedar-json"] });
  if (envelope === undefined || artefacts === undefined) throw new Error("does not compile");
  const digest = sha256(canonicalJson(document));
  return {
    artefacts,
    normalised: normalise(envelope, digest),
    digest,
    ask: planAvpRequests(artefacts),
    reference: planReference(envelope, digest),
  };
}

export function jsonOf(artefacts: Artefacts, path: string) {
  return JSON.parse(new TextDecoder().decode(artefacts.get(path)));
}
