/** Which of some policies match a request, asked of Cedar as any host would. */
import type { StatefulAuthorizationCall } from "@cedar-policy/cedar-wasm/nodejs";
import type { Emitted } from "../../cli/prove/policies.ts";
import { type CedarEncoder, planCedarEncoding } from "../../schema/cedar/encode.ts";
import { entityTypes } from "../../schema/cedar/names.ts";
import type { HostileRequest } from "../../schema/request.ts";
import { stock } from "../engines/cedar-host.ts";

/** The ids of the policies that match. Throws where a policy errs, or the request does not fit the schema. */
export type Matching = (request: HostileRequest) => ReadonlySet<string>;

let count = 0;

/** @param policies forbids by id: all that match decide */
export function matchingOf({ schema, contexts }: Emitted, policies: Readonly<Record<string, string>>): Matching {
  count += 1;
  const [preparsedPolicySetId, preparsedSchemaName] = [`policies ${count}`, `schema ${count}`];
  must(stock.preparsePolicySet(preparsedPolicySetId, { staticPolicies: policies }));
  must(stock.preparseSchema(preparsedSchemaName, schema));
  const encode = planCedarEncoding(contexts);
  return (request) => {
    const call = { ...callOf(encode, request), preparsedPolicySetId, preparsedSchemaName, validateRequest: true };
    const answer = stock.statefulIsAuthorized(call);
    if (answer.type === "failure") throw new Error(JSON.stringify(answer.errors));
    const { decision, diagnostics } = answer.response;
    if (decision !== "deny" || diagnostics.errors.length > 0) throw new Error(JSON.stringify(answer.response));
    return new Set(diagnostics.reason);
  };
}

type Call = Pick<StatefulAuthorizationCall, "principal" | "action" | "resource" | "context" | "entities">;

function callOf(encode: CedarEncoder, request: HostileRequest): Call {
  const { principal, action, resource, context } = encode(request);
  return {
    principal: { type: entityTypes.principal, id: principal },
    action: { type: entityTypes.action, id: action },
    resource: { type: entityTypes.resource, id: resource },
    context: JSON.parse(context),
    entities: [],
  };
}

function must(answer: { readonly type: string }): void {
  if (answer.type !== "success") throw new Error(JSON.stringify(answer));
}
