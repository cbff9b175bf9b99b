/** What waits for people: a hold until it is decided otherwise, or expires (SPEC §9). */
import type { Decided } from "../../../schema/ledger.ts";
import { ownMember } from "../../own.ts";
import type { LedgerRecord } from "../record.ts";
import type { Hold, SessionState } from "../state.ts";
import type { Refusal } from "./step.ts";

export function holdProblem({ verdict, expiresAt, narrative }: Readonly<Decided>, at: number): Refusal | undefined {
  if (verdict === "hold") {
    if (expiresAt === undefined || expiresAt > at) return undefined;
    return ["RECORD_INCONSISTENT", "a hold has time to be approved"];
  }
  return expiresAt === undefined && narrative === undefined
    ? undefined
    : ["RECORD_INCONSISTENT", `a ${verdict} waits for nobody`];
}

/** A deny to somebody else, or one that no engine gave, leaves the hold as it is: it is not the agent's proposal that was denied. */
export function watchHold(state: SessionState, { seq, at, hash, body }: LedgerRecord<"decided">): void {
  const { approvals, holds } = state;
  const { proposalHash, verdict, expiresAt, request } = body;
  if (proposalHash === null) return;
  const principal = ownMember(request, "principal");
  const asked = { seq, recordHash: hash, at, expiresAt, principal };
  const hold = holds.get(proposalHash);
  if (verdict === "hold") {
    const waiting = liveHold(state, proposalHash, at);
    const since = waiting === undefined && hold !== undefined ? at : waiting?.since;
    holds.set(proposalHash, { ...asked, since, isOver: false });
    return;
  }
  // What people had approved before anybody asked them is decided from now on, too: a spare approval must not do it again.
  if (verdict === "allow" && hold === undefined && approvals.has(proposalHash))
    holds.set(proposalHash, { ...asked, isOver: true });
  if (hold !== undefined && request !== null && principal === hold.principal) hold.isOver = true;
}

/** The hold of the proposal, if people may still lift it. */
export function liveHold({ holds }: SessionState, proposalHash: string, now: number): Hold | undefined {
  const hold = holds.get(proposalHash);
  return hold === undefined || hold.isOver || now >= (hold.expiresAt ?? Number.POSITIVE_INFINITY) ? undefined : hold;
}
