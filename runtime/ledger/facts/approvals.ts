/** How many people have lifted a bound of one proposal (SPEC §3, §9, §14). */
import type { Effect } from "../../../schema/envelope.ts";
import type { GivenApproval } from "../state.ts";

/** By the ids of the bounds that people can lift for this effect. */
export function approvalsOf(
  name: string,
  effect: Effect,
  given: readonly GivenApproval[],
  now: number,
): readonly (readonly [id: string, people: number])[] {
  const standing = given.filter(({ from, until }) => from <= now && now < until);
  const of = (id: string) => standing.filter(({ bound }) => bound === id);
  const counts: (readonly [string, number])[] = [];
  if (effect.approval !== undefined) {
    const id = `effects/${name}/approval`;
    const { roles } = effect.approval;
    counts.push([id, people(of(id).filter((approval) => approval.roles.some((role) => roles.includes(role))))]);
  }
  if (effect.channel === "propose") {
    const id = `effects/${name}/channel`;
    const approvals = of(id).filter(({ roles }) => roles.length > 0);
    counts.push([id, haveTwoRoles(approvals) ? people(approvals) : Math.min(1, people(approvals))]);
  }
  return counts;
}

/** Distinct people who approve; none while somebody who might have approved refuses. */
function people(approvals: readonly GivenApproval[]): number {
  if (approvals.some(({ decision }) => decision === "refuse")) return 0;
  return new Set(approvals.map(({ person }) => person)).size;
}

/** Whether two of the people can sign in two different roles: not if all of them have one and the same role only. */
function haveTwoRoles(approvals: readonly GivenApproval[]): boolean {
  return new Set(approvals.flatMap(({ roles }) => roles)).size > 1;
}
