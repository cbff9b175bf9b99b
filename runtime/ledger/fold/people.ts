/** What people and watchers say: approvals of one bound of one proposal, and evidence. */
import { showText } from "../../../schema/json/show.ts";
import type { ApprovalGiven } from "../../../schema/ledger.ts";
import { successor } from "../people-in-force.ts";
import type { GivenApproval, Hold, SessionState } from "../state.ts";
import type { Refusal, Step } from "./step.ts";
import { watchMetrics } from "./watch.ts";

/**
 * An approval is recorded once, under its payload and person: one that an allow has used up does not come back. One that comes
 * after its hold is over lifts nothing, nor one that was signed for it once the same is held again, so that a spare one cannot lie
 * in wait for the next proposal of the same; a refusal is never late.
 */
export const approval: Step<"approval"> = {
  refuse({ approvals, usedApprovals, holds }, { at, body }) {
    const { bound, proposalHash, transition, person, decision, iat, exp } = body;
    if ((transition === undefined) === (bound === undefined) || (bound === undefined) !== (proposalHash === undefined))
      return ["RECORD_INCONSISTENT", "an approval is of a bound of one proposal, or of a transition"];
    if (usedApprovals.has(nameOf(body)))
      return ["APPROVAL_REPEATED", `\`${showText(person)}\` has given this approval before`];
    if (at < iat * 1000 || at >= exp * 1000)
      return ["APPROVAL_LIFETIME", `the approval of \`${showText(person)}\` does not count at ${at}`];
    if (proposalHash === undefined || decision !== "approve") return undefined;
    const others = approvals.get(proposalHash) ?? [];
    if (others.some((other) => isSame(other, body) && other.from === iat * 1000))
      return ["APPROVAL_REPEATED", `\`${showText(person)}\` has approved this in the very same second: sign it again`];
    const hold = holds.get(proposalHash);
    return hold === undefined ? undefined : (lateness(hold, at) ?? earliness(hold, iat * 1000));
  },
  apply(state, { seq, body }) {
    state.usedApprovals.add(nameOf(body));
    const { bound, proposalHash, kid, person, roles, decision, iat, exp } = body;
    if (bound === undefined || proposalHash === undefined) return;
    const end = state.holds.get(proposalHash)?.expiresAt ?? Number.POSITIVE_INFINITY;
    const given = { kid, person, roles, decision, bound, from: iat * 1000, until: Math.min(exp * 1000, end) };
    if (decision === "refuse") {
      state.refusals.set(proposalHash, [...(state.refusals.get(proposalHash) ?? []), given]);
      return;
    }
    const standing = state.approvals.get(proposalHash) ?? [];
    // Of what one person says, that counts which was signed last, in whatever order it is recorded.
    if (standing.some((other) => isSame(other, given) && other.from > given.from)) return;
    state.approvalAt.set(seq, given);
    state.approvals.set(proposalHash, [...standing.filter((other) => !isSame(other, given)), given]);
  },
};

/**
 * What nobody has signed lifts nothing, nor does it once people have let the session go on. It still stands for what its person said
 * before: an older word does not come back.
 */
export function withdraw({ approvals, approvalAt }: SessionState, seq: number): void {
  const withdrawn = approvalAt.get(seq);
  if (withdrawn === undefined) return;
  for (const [proposal, given] of approvals) {
    if (!given.includes(withdrawn)) continue;
    const left = given.map((one) => (one === withdrawn ? { ...one, until: 0 } : one));
    approvals.set(proposal, left);
  }
}

type OfOne = Pick<GivenApproval, "person"> & { readonly bound?: string | undefined };

function isSame(one: OfOne, other: OfOne): boolean {
  return one.person === other.person && one.bound === other.bound;
}

function lateness({ seq, expiresAt, isOver }: Hold, at: number): Refusal | undefined {
  if (isOver) return ["APPROVAL_LATE", `the proposal of record ${seq} has been decided: it has to be held again first`];
  if (expiresAt === undefined || at < expiresAt) return undefined;
  return ["APPROVAL_LATE", `the hold of record ${seq} expired at ${expiresAt}: the proposal has to come again first`];
}

/** Signatures tell whole seconds: in the second in which the hold began, nobody knows what was first. */
function earliness({ seq, since }: Hold, from: number): Refusal | undefined {
  if (since === undefined || from >= since) return undefined;
  const message = `it was signed before the same was held again, in record ${seq} or before: sign it again`;
  return ["APPROVAL_TOO_EARLY", message];
}

/** Another registry of people comes into force. What an earlier one has revoked, or had and this one has not, stays revoked. */
export const people: Step<"people"> = {
  refuse(state, { at, body }) {
    const read = successor(state.people, body.registry, at);
    if (!read.ok) return [read.code, read.message];
    return read.people.digest === body.digest
      ? undefined
      : ["RECORD_INCONSISTENT", "the registry of people is not the one that is named"];
  },
  apply(state, { at, body }) {
    const read = successor(state.people, body.registry, at);
    if (read.ok) state.people = read.people;
  },
};

/** What was seen later stays, whatever arrives later; a signed feed goes forward only, so that nothing is replayed. */
export const evidence: Step<"evidence"> = {
  refuse({ watched }, { at, body: { name, seenAt, jws } }) {
    if (seenAt > at) return ["RECORD_INCONSISTENT", `the evidence ${name} was seen in the future`];
    const before = jws === undefined ? undefined : watched.feeds.get(name);
    return before !== undefined && seenAt <= before
      ? ["FEED_REPEATED", `the feed ${showText(name)} has reported as of ${before} already`]
      : undefined;
  },
  apply(state, { body: { name, seenAt, jws, metrics = [] } }) {
    state.evidence.set(name, Math.max(seenAt, state.evidence.get(name) ?? 0));
    watchMetrics(state.watched.metrics, metrics);
    if (jws !== undefined) state.watched.feeds.set(name, seenAt);
  },
};

function nameOf({ person, digest }: Readonly<ApprovalGiven>): string {
  return JSON.stringify([person, digest]);
}
