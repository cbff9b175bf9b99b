/** Two-key: two people, in two roles (SPEC §9). */
import type { ApprovalGiven } from "../../schema/ledger.ts";

type Decision = Pick<ApprovalGiven, "person" | "roles" | "decision">;

/** Whether two of the people can each stand for a role of their own. None while one of them refuses. */
export function twoKeys(approvals: readonly Decision[]): boolean {
  if (approvals.some(({ decision }) => decision !== "approve")) return false;
  return approvals.some((one) => approvals.some((other) => one.person !== other.person && haveTwoRoles(one, other)));
}

function haveTwoRoles(one: Decision, other: Decision): boolean {
  return one.roles.some((role) => other.roles.some((another) => role !== another));
}
