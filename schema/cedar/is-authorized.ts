/** A Cedar request as Amazon Verified Permissions is asked it: the input of its IsAuthorized operation, without the policy store. */
import type { CedarRequest } from "./encode.ts";
import { entityTypes } from "./names.ts";

export interface IsAuthorizedInput {
  readonly principal: { readonly entityType: string; readonly entityId: string };
  readonly action: { readonly actionType: string; readonly actionId: string };
  readonly resource: { readonly entityType: string; readonly entityId: string };
  /** Cedar's JSON form of the context, as text. */
  readonly context: { readonly cedarJson: string };
}

/** Undefined where there is nothing to ask, which is a deny: a tool that no effect reaches, a principal that is no string. */
export function isAuthorizedInput({
  principal,
  action,
  resource,
  context,
}: CedarRequest): IsAuthorizedInput | undefined {
  if (principal === "" || action === "" || resource === "") return undefined;
  return {
    principal: { entityType: entityTypes.principal, entityId: principal },
    action: { actionType: entityTypes.action, actionId: action },
    resource: { entityType: entityTypes.resource, entityId: resource },
    context: { cedarJson: context },
  };
}
