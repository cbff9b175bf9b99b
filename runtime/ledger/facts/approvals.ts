/** How many people have lifted a bound of one proposal (SPEC §3, §9, §14). */
import type { Effect } from "../../../schema/envelope.ts";
import { isInForce, type PeopleInForce } from "../people-in-force.ts";
import type { GivenApproval, SessionState } from "../state.ts";

/** What people have said of one proposal, and whose word counts. */
export interface Said {
  readonly given: readonly GivenApproval[];
  readonly refused: readonly GivenApproval[];
  readonly people: PeopleInForce | undefined;
}

export function saidOf({ approvals, refusals, people }: SessionState, proposalHash: string): Said {
  return { given: approvals.get(proposalHash) ?? [], refused: refusals.get(proposalHash) ?? [], people };
}

/** By the ids of the bounds that people can lift for this effect. */
export function approvalsOf(
  name: string,
  effect: Effect,
  said: Said,
  now: number,
): readonly (readonly [id: string, people: number])[] {
  return liftedBy(name, effect).map(({ bound, roles }) => {
    if (refusalsOf(bound, roles, said).length > 0) return [bound, 0];
    const standing = standingOf(bound, roles, said, now);
    return [bound, roles !== null || haveTwoRoles(standing) ? people(standing) : Math.min(1, people(standing))];
  });
}

export interface Lifted {
  readonly bound: string;
  /** How many people. */
  readonly keys: number;
  /** Of whom the word counts; null where any two roles do. */
  readonly roles: readonly string[] | null;
}

/** The bounds of an effect that people can lift for one proposal. */
export function liftedBy(name: string, { approval, channel }: Effect): readonly Lifted[] {
  const lifted: Lifted[] = [];
  if (approval !== undefined)
    lifted.push({ bound: `effects/${name}/approval`, keys: approval.keys, roles: approval.roles });
  if (channel === "propose") lifted.push({ bound: `effects/${name}/channel`, keys: 2, roles: null });
  return lifted;
}

/** The approvals that count now: not too late, in a role that may, by a key that is in force. */
export function standingOf(
  bound: string,
  roles: readonly string[] | null,
  { given, people }: Said,
  now: number,
): readonly GivenApproval[] {
  const standing = given.filter(({ from, until }) => from <= now && now < until);
  return standing.filter((one) => one.bound === bound && mayLift(one, roles) && isInForce(people, one, now));
}

/** Those by people who could have approved: each is final, whatever becomes of its key. */
export function refusalsOf(
  bound: string,
  roles: readonly string[] | null,
  { refused }: Said,
): readonly GivenApproval[] {
  return refused.filter((one) => one.bound === bound && mayLift(one, roles));
}

function mayLift(one: GivenApproval, roles: readonly string[] | null): boolean {
  return one.roles.some((role) => roles?.includes(role) ?? true);
}

function people(approvals: readonly GivenApproval[]): number {
  return new Set(approvals.map(({ person }) => person)).size;
}

/** Whether two of the people can sign in two different roles: not if all of them have one and the same role only. */
function haveTwoRoles(approvals: readonly GivenApproval[]): boolean {
  return new Set(approvals.flatMap(({ roles }) => roles)).size > 1;
}
