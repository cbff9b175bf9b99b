/** What people and watchers say: approvals of one bound of one proposal, and evidence. */
import { showText } from "../../../schema/json/show.ts";
import type { ApprovalGiven } from "../../../schema/ledger.ts";
import type { GivenApproval } from "../state.ts";
import type { Step } from "./step.ts";

/** An approval is recorded once, under its payload and person: one that an allow has used up does not come back. */
export const approval: Step<"approval"> = {
  refuse({ usedApprovals }, { at, body }) {
    const { bound, proposalHash, transition, person, iat, exp } = body;
    if ((transition === undefined) === (bound === undefined) || (bound === undefined) !== (proposalHash === undefined))
      return ["RECORD_INCONSISTENT", "an approval is of a bound of one proposal, or of a transition"];
    if (usedApprovals.has(nameOf(body)))
      return ["APPROVAL_REPEATED", `\`${showText(person)}\` has given this approval before`];
    if (at < iat * 1000 || at >= exp * 1000)
      return ["APPROVAL_LIFETIME", `the approval of \`${showText(person)}\` does not count at ${at}`];
    return undefined;
  },
  apply(state, { body }) {
    state.usedApprovals.add(nameOf(body));
    const { bound, proposalHash, person, roles, decision, iat, exp } = body;
    if (bound === undefined || proposalHash === undefined) return;
    const given = { person, roles, decision, bound, from: iat * 1000, until: exp * 1000 };
    const name = JSON.stringify([proposalHash, bound, person]);
    const refusedAt = state.refusals.get(name);
    if (decision === "refuse") state.refusals.set(name, Math.max(given.from, refusedAt ?? 0));
    else if (refusedAt !== undefined && given.from <= refusedAt) return;
    const standing = state.approvals.get(proposalHash) ?? [];
    const isSame = (other: GivenApproval) => other.person === person && other.bound === bound;
    if (standing.some((other) => isSame(other) && !isOverruled(other, given))) return;
    state.approvals.set(proposalHash, [...standing.filter((other) => !isSame(other)), given]);
  },
};

/** A person's word is the one that was given last, in whatever order they are recorded; at one time, the refusal. */
function isOverruled(before: GivenApproval, by: GivenApproval): boolean {
  if (by.from !== before.from) return by.from > before.from;
  return by.decision === "refuse" && before.decision === "approve";
}

/** What was seen later stays, whatever arrives later. */
export const evidence: Step<"evidence"> = {
  refuse(_, { at, body }) {
    return body.seenAt > at ? ["RECORD_INCONSISTENT", `the evidence ${body.name} was seen in the future`] : undefined;
  },
  apply(state, { body: { name, seenAt } }) {
    state.evidence.set(name, Math.max(seenAt, state.evidence.get(name) ?? 0));
  },
};

function nameOf({ person, digest }: Readonly<ApprovalGiven>): string {
  return JSON.stringify([person, digest]);
}
