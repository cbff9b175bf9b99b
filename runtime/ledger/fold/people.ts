/** What people and watchers say: approvals of one bound of one proposal, and evidence. */
import type { ApprovalGiven } from "../../../schema/ledger.ts";
import type { Step } from "./step.ts";

/** An approval is recorded once, under its payload and person: one that an allow has used up does not come back. */
export const approval: Step<"approval"> = {
  refuse({ usedApprovals }, { body }) {
    const { bound, proposalHash, transition } = body;
    if ((transition === undefined) === (bound === undefined) || (bound === undefined) !== (proposalHash === undefined))
      return ["RECORD_INCONSISTENT", "an approval is of a bound of one proposal, or of a transition"];
    if (usedApprovals.has(nameOf(body)))
      return ["APPROVAL_REPEATED", `${JSON.stringify(body.person)} has given this approval before`];
    return undefined;
  },
  apply(state, { body }) {
    state.usedApprovals.add(nameOf(body));
    const { bound, proposalHash, person, roles, decision, iat, exp } = body;
    if (bound === undefined || proposalHash === undefined) return;
    const others = (state.approvals.get(proposalHash) ?? []).filter((a) => a.person !== person || a.bound !== bound);
    const given = { person, roles, decision, bound, from: iat * 1000, until: exp * 1000 };
    state.approvals.set(proposalHash, [...others, given]);
  },
};

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
