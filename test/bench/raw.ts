/** The engines called bare: text in, text out, on the policies and inputs that Ambit uses, with nothing around them. */
import { instantiateCedar } from "../../runtime/engines/cedar/instance.ts";
import { compileCedar } from "../../runtime/engines/cedar/module.ts";
import { concerns, readPolicies } from "../../runtime/engines/cedar/policy-text.ts";
import { startInstance } from "../../runtime/engines/rego/instance.ts";
import { compileModule } from "../../runtime/engines/rego/module.ts";
import type { Evaluator } from "../../runtime/evaluator.ts";
import { cedarWasm } from "../../runtime/node/cedar-wasm.ts";
import { buildRequest } from "../../runtime/request.ts";
import { type Artefacts, artefactFiles } from "../../schema/artefacts.ts";
import { readContextTypes } from "../../schema/cedar/context-type.ts";
import { planCedarEncoding } from "../../schema/cedar/encode.ts";
import { namespace } from "../../schema/cedar/names.ts";
import { factsOf } from "./sample.ts";

export interface RawEngines {
  readonly cedarPermit: () => unknown;
  /** The permit, then the reasons: what a denial needs. */
  readonly cedarDenial: () => unknown;
  readonly rego: () => unknown;
}

const text = (artefacts: Artefacts, path: string) => new TextDecoder().decode(artefacts.get(path));

export async function rawEngines(artefacts: Artefacts, evaluator: Evaluator, proposal: string): Promise<RawEngines> {
  const decoded = evaluator.decode(proposal);
  if (!decoded.ok) throw new Error("the call does not decode");
  const request = buildRequest(evaluator.envelopeDigest, decoded.call, factsOf(evaluator));

  const cedar = instantiateCedar(compileCedar(await cedarWasm()));
  const policies = readPolicies(text(artefacts, artefactFiles.cedar)) ?? [];
  for (const effect of ["permit", "forbid"]) {
    const chosen = policies.filter((policy) => policy.effect === effect && concerns(policy, "pay"));
    const staticPolicies = Object.fromEntries(chosen.map((policy) => [policy.id, policy.text]));
    cedar.preparsePolicySet(effect, JSON.stringify({ staticPolicies }));
  }
  const schema = JSON.parse(String(cedar.schemaToJson(text(artefacts, artefactFiles.cedarSchema))));
  const types = readContextTypes(schema.json, namespace);
  if (types === undefined) throw new Error("the schema is of another form");
  const { principal, action, resource, context } = planCedarEncoding(types)(request);
  const question = (set: string) =>
    `{"principal":{"type":"Ambit::Agent","id":${JSON.stringify(principal)}},"action":{"type":"Ambit::Action","id":${JSON.stringify(action)}},` +
    `"resource":{"type":"Ambit::Envelope","id":${JSON.stringify(resource)}},"context":${context},"entities":[],"validateRequest":false,"preparsedPolicySetId":"${set}"}`;
  const [permit, forbid] = [question("permit"), question("forbid")];

  const policy = startInstance(compileModule(artefacts.get(artefactFiles.wasm) ?? new Uint8Array()));
  const data = policy.addData(text(artefacts, artefactFiles.data));
  const input = JSON.stringify(request);
  return {
    cedarPermit: () => cedar.statefulIsAuthorized(permit),
    cedarDenial: () => [cedar.statefulIsAuthorized(permit), cedar.statefulIsAuthorized(forbid)],
    rego: () => policy.evaluate(data, input),
  };
}
