/** `policies.json` and `schema.json`: `policy.cedar` and `schema.cedarschema` in the JSON formats that hosts of Cedar load. */
import { artefactFiles } from "../../../schema/artefacts.ts";
import type { NormalisedEnvelope } from "../../../schema/normalised.ts";
import { readPolicyText } from "../cedar/cedar.ts";
import { judgedActions } from "../cedar/judged.ts";
import { forbidsOf, permitsOf } from "../cedar/policy.ts";
import { policyPrinter } from "../cedar/print.ts";
import { schemaOf } from "../cedar/schema.ts";
import type { TargetOutput } from "../target.ts";
import { plainSchema } from "./plain-schema.ts";

/** A policy set by id, a policy on a line (permits under `permit/<effect>`, forbids under the id of their bound): what Cedar itself reads the text as. */
export function emitCedarJson(envelope: NormalisedEnvelope, pointerOf?: (id: string) => string): TargetOutput {
  const actions = judgedActions(envelope);
  const print = policyPrinter(envelope.digest);
  const policies = [
    ...permitsOf(actions).map((permit) => ({ id: permit.id, text: print.permit(permit) })),
    ...forbidsOf(actions).map((forbid) => ({ id: forbid.id, text: print.forbid(forbid, pointerOf?.(forbid.id)) })),
  ].map(({ id, text }) => `${JSON.stringify(id)}:${JSON.stringify(readPolicyText(text))}`);
  return {
    files: new Map([
      [artefactFiles.cedarJson, `{"staticPolicies":{\n${policies.join(",\n")}\n},"templates":{},"templateLinks":[]}\n`],
      [artefactFiles.cedarSchemaJson, `${JSON.stringify(plainSchema(schemaOf(actions)), null, 2)}\n`],
    ]),
  };
}
