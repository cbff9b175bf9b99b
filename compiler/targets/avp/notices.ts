/** What the author has to know before the files go to Amazon Verified Permissions; each names the policy it is about. */
import { quote, quoteList } from "../../diagnostics/quote.ts";
import type { Forbid, Permit } from "../cedar/policy.ts";
import type { Notice } from "../target.ts";
import type { FittedPermit } from "./fit.ts";
import { bytesIn, quotas } from "./quotas.ts";

export function overflowing(
  { id, clauses }: Permit,
  { fullBytes, restsOnForbids }: FittedPermit,
  policyBytes: number,
): Notice {
  const carried = clauses.length - restsOnForbids.length;
  return {
    severity: "warning",
    policy: id,
    message: `${quote(id)} has ${counted(fullBytes)} bytes where Amazon Verified Permissions takes ${counted(policyBytes)}: it carries ${carried} of its ${clauses.length} conditions, and the others rest on their forbids, which never err for a context that the schema admits (\`ambit prove\` shows it): ask with no other, as \`ambit eval --avp\` writes it, since a forbid that errs forbids nothing`,
    bounds: restsOnForbids,
  };
}

export function withoutForbid({ id, actions = [] }: Forbid, policyBytes: number): Notice {
  const whose = actions.length === 0 ? "" : ` for ${quoteList(actions)}`;
  return {
    severity: "warning",
    policy: id,
    message: `the forbid ${quote(id)}${whose} has more than ${counted(policyBytes)} bytes and is left out: the permit carries its condition, and a deny does not name it`,
    bounds: [id],
  };
}

export function withoutPermit({ id, action }: Permit, needed: ReadonlySet<string>, policyBytes: number): Notice {
  return {
    severity: "warning",
    policy: id,
    message: `${quote(id)} is left out, and so the effect ${quote(action)} is denied: conditions that fit into no forbid of ${counted(policyBytes)} bytes do not fit into the permit either; shorten their lists`,
    bounds: [...needed],
  };
}

/** Quotas of the whole store. */
export function sizes(statements: readonly string[], schema: string): readonly Notice[] {
  const policies = statements.reduce((sum, statement) => sum + bytesIn(statement), 0);
  const schemaBytes = bytesIn(schema);
  const notices: Notice[] = [];
  if (policies > quotas.policiesOfResourceBytes) {
    notices.push({
      severity: "warning",
      policy: "all policies",
      message: `all policies together have ${counted(policies)} bytes where Amazon Verified Permissions takes ${counted(quotas.policiesOfResourceBytes)} for one resource: ask for a higher quota, or split the envelope`,
    });
  }
  if (schemaBytes > quotas.schemaBytes) {
    notices.push({
      severity: "warning",
      policy: "schema",
      message: `the schema has ${counted(schemaBytes)} bytes where Amazon Verified Permissions takes ${counted(quotas.schemaBytes)}: split the envelope`,
    });
  }
  return notices;
}

/** The service takes no empty id, so that a tool that no effect reaches is nothing to ask it about. */
export const leftOut: Notice = {
  severity: "note",
  policy: "schema",
  message:
    'the action `""` is left out, as the service takes no empty id: deny a call that no effect reaches without asking (`ambit eval --avp` answers null)',
};

function counted(bytes: number): string {
  return String(bytes).replace(/\B(?=(\d{3})+$)/g, ",");
}
