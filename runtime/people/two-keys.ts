/** Two-key: two people, in two roles (SPEC §9). */
import type { ApprovalGiven } from "../../schema/ledger.ts";

type Decision = Pick<ApprovalGiven, "person" | "roles" | "decision">;

/** Whether two of the people can each stand for a role of their own. None while one of them refuses. */
export function twoKeys(approvals: readonly Decision[]): boolean {
  if (approvals.some(({ decision }) => decision !== "approve")) return false;
  return approvals.some((one) => approvals.some((other) => one.person !== other.person && haveTwoRoles(one, other)));
}

/** Whether each of the two can stand for a role that the other one does not. */
export function haveTwoRoles(one: Pick<Decision, "roles">, other: Pick<Decision, "roles">): boolean {
  return one.roles.some((role) => other.roles.some((another) => role !== another));
}
