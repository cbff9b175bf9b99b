/** Approvals that a ledger keeps, verified again. */
import type { ApprovalGiven } from "../../schema/ledger.ts";
import { differenceOf } from "../audit/difference.ts";
import { type ApprovalContext, verifyApproval } from "./approval.ts";
import type { People } from "./registry.ts";

/** What is wrong with one: the rest of a sentence that begins with its record. Undefined where it says what was signed. */
export async function approvalProblem(
  given: Readonly<ApprovalGiven>,
  people: People,
  context: ApprovalContext,
): Promise<string | undefined> {
  const verified = await verifyApproval(given.jws, people, context);
  if (!verified.ok) return `has an approval that does not hold: ${verified.message}`;
  const difference = differenceOf(verified.approval, given);
  return difference === undefined ? undefined : `says \`${difference}\` otherwise than what was signed`;
}
