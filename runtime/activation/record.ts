/** The record of an activation. */
import type { Envelope } from "../../schema/envelope.ts";
import type { Activated } from "../../schema/ledger.ts";
import type { Evaluator } from "../evaluator.ts";
import type { Subject } from "./document.ts";
import type { Agreed } from "./people.ts";
import type { CheckedTemplate } from "./template/check.ts";
import { recordOf } from "./template/record.ts";

/** Everything that the activation stands on, in a form that can be verified again. */
export function bodyOf(
  { id }: Envelope,
  { text }: Subject,
  { policyDigest }: Evaluator,
  signatures: readonly string[],
  { people, approvals }: Agreed,
  template: CheckedTemplate | undefined,
): Activated {
  return {
    id,
    document: text,
    policy: policyDigest,
    signatures: [...signatures],
    ...(people === undefined ? {} : { people: people.digest, registry: people.text }),
    ...(approvals.length === 0 ? {} : { approvals: [...approvals] }),
    ...(template === undefined ? {} : { template: recordOf(template, people) }),
  };
}
