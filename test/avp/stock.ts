/** Policies and schema put to Cedar's own package, as the service would hold them: under ids of the host's choosing. */

import type { IsAuthorizedInput } from "../../schema/cedar/is-authorized.ts";
import { stock } from "../engines/cedar-host.ts";

type Policies = Parameters<typeof stock.validate>[0]["policies"];
type Schema = Parameters<typeof stock.validate>[0]["schema"];

export interface Answer {
  readonly allowed: boolean;
  /** The ids of the determining policies. */
  readonly reasons: readonly string[];
  readonly errors: readonly unknown[];
}

let loaded = 0;

/** Strictly valid and without a warning, or an error is thrown. */
export function loadStock(policies: Policies, schema: Schema): (input: IsAuthorizedInput) => Answer {
  const checked = stock.validate({ schema, policies });
  if (checked.type === "failure" || checked.validationErrors.length > 0)
    throw new Error(`not valid: ${JSON.stringify(checked)}`);
  const id = `test-${loaded++}`;
  const [set, types] = [stock.preparsePolicySet(id, policies), stock.preparseSchema(id, schema)];
  if (set.type === "failure" || types.type === "failure") throw new Error(JSON.stringify({ set, types }));
  return ({ principal, action, resource, context }) => {
    const answer = stock.statefulIsAuthorized({
      principal: { type: principal.entityType, id: principal.entityId },
      action: { type: action.actionType, id: action.actionId },
      resource: { type: resource.entityType, id: resource.entityId },
      context: JSON.parse(context.cedarJson),
      entities: [],
      preparsedPolicySetId: id,
      preparsedSchemaName: id,
      validateRequest: true,
    });
    if (answer.type === "failure") throw new Error(JSON.stringify(answer.errors));
    const { decision, diagnostics } = answer.response;
    return { allowed: decision === "allow", reasons: diagnostics.reason, errors: diagnostics.errors };
  };
}
