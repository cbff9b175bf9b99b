/** Decide and reserve: one compare-and-set on the ledger for each verdict; a lost race is decided again (SPEC §7). */

import type { Verdict } from "../../schema/verdict.ts";
import type { Proposal } from "../decode/decode.ts";
import { OnceRead } from "../decode/proposal.ts";
import { reasonOf } from "../fault.ts";
import type { LogResult } from "../ledger/log.ts";
import { nameProposal, type ProposalName } from "../proposal-hash.ts";
import { unjudged } from "../verdict.ts";
import { contention } from "./append.ts";
import { haltTripped } from "./breakers/halt.ts";
import { type Caller, type Considered, decideAndReserve } from "./decide-and-reserve.ts";
import { decidedEntry } from "./decided-entry.ts";
import type { Desk } from "./desk.ts";
import { endedBy } from "./envelope-end.ts";
import { tellIncident } from "./incident.ts";
import { isKilled, isKillWritten } from "./kill/kill.ts";
import { endOverdue } from "./overdue.ts";
import { refuse, unrecorded } from "./refuse.ts";

import { answerAgain } from "./repeat.ts";
import { tokenOf } from "./token.ts";
import type { SessionFault, SessionVerdict } from "./verdict.ts";

/** @param given held by nobody else */
export async function propose(desk: Desk, given: Proposal, caller: Caller): Promise<SessionVerdict> {
  const { log, options } = desk;
  const proposal = new OnceRead(given, options.evaluator.limits);
  const name = nameFor(desk, proposal, caller);
  for (let attempt = 0; attempt < options.attempts; attempt++) {
    isKilled(desk);
    // An append on an old state is lost, so it need not be looked for; a repeat appends nothing.
    const fault = attempt > 0 || desk.contended || name.id !== undefined ? await log.refresh() : undefined;
    if (fault !== undefined) return unrecorded(desk, name, fault);
    if (!(await isKillWritten(desk))) return unrecorded(desk, name, killedHere);
    const time = desk.now();
    if (!time.ok)
      return refuse(desk, name, log.state.killed ? killed : { code: "CLOCK_REGRESSION", message: time.message });
    if (time.isBeyond) return refuse(desk, name, envelopeEnded(desk, time.now));
    const before = name.id === undefined ? undefined : log.state.proposals.get(name.id);
    if (before !== undefined && (before.verdict !== "hold" || before.proposalHash !== (name.hash ?? null)))
      return answerAgain(desk, name, before, time.now);
    const ended = await endOverdue(desk, time.now);
    if (ended.outcome === "failed") return unrecorded(desk, name, ended.fault);
    if (ended.outcome === "lost") continue;
    const halted = await haltTripped(desk);
    if (halted.outcome === "failed") return unrecorded(desk, name, halted.fault);
    if (halted.outcome === "lost") continue;

    const { head } = log.state.end;
    const considered = await sign(desk, name, decideAndReserve(desk, proposal, name, caller, time.now), time.now);
    const { decided, reservation, kept, token } = considered;
    // Given while the signer was waited for: it is written before anything else is.
    if (token !== null && isKilled(desk) && !log.state.killed) continue;
    // Whoever watches the ledger has taken in others' records meanwhile: those were not judged with.
    const result = await log.append(decidedEntry(time.now, decided, name, reservation, kept), head);
    desk.contended = result.outcome === "lost";
    if (result.outcome === "lost") continue;
    if (result.outcome === "refused" && result.problem.code === "RECORD_TOO_LARGE")
      return refuse(desk, name, { code: "STORE_UNAVAILABLE", message: result.problem.message });
    const answer = answerOf(desk, name, decided.verdict, token, result);
    if (decided.report !== undefined) await tellIncident(desk, decided.report, answer.seq);
    return answer;
  }
  return unrecorded(desk, name, contention(options.attempts));
}

/** An id is the agent's own: whoever else calls neither learns what was decided under it, nor takes it. */
function nameFor({ options: { evaluator } }: Desk, proposal: Proposal, { principal }: Caller): ProposalName {
  const name = nameProposal(proposal, evaluator.limits);
  return principal === evaluator.envelope.principal ? name : { hash: name.hash, id: undefined };
}

/** What the engines would say. It is recorded under the last time, so no request is: that would be of another time. */
function envelopeEnded(desk: Desk, now: number): SessionFault {
  const message = `the envelope has ended: the clock says ${now}, which is too late to be recorded`;
  return { code: "ENVELOPE_EXPIRED", bound: endedBy(desk, now), message };
}

const killed = { code: "KILLED", message: "the session has been killed" } as const;
const killedHere = { code: "KILLED", message: "the session has been killed, which is not written yet" } as const;

type Signed = Considered & { readonly token: string | null };

/** Signed before it is written: an allow in the ledger has had its token. One that loses its race is worth nothing. */
async function sign(desk: Desk, { hash }: ProposalName, considered: Considered, now: number): Promise<Signed> {
  const { decided, reservation } = considered;
  if (reservation === undefined || hash === undefined) return { ...considered, token: null };
  try {
    const place = { seq: desk.log.state.end.head.seq + 1, at: now };
    return { ...considered, token: await tokenOf(desk, place, decided.verdict, hash, reservation) };
  } catch (cause) {
    const { envelopeDigest: envelope, policyDigest: policy } = desk.options.evaluator;
    const message = `the authority token cannot be signed: ${reasonOf(cause)}`;
    const violation = { id: "token", code: "SIGNER_UNAVAILABLE", pointer: "", message } as const;
    return { decided: { verdict: unjudged({ envelope, policy }, [violation]) }, token: null };
  }
}

function answerOf(
  desk: Desk,
  name: ProposalName,
  verdict: Verdict,
  token: string | null,
  result: Exclude<LogResult, { outcome: "lost" }>,
): SessionVerdict {
  switch (result.outcome) {
    case "appended":
      return { ...verdict, seq: result.record.seq, proposalHash: name.hash ?? null, token };
    case "refused":
      // A session that has ended takes no more records: what is denied stays denied, what was allowed is not.
      if (verdict.verdict !== "allow") return { ...verdict, seq: null, proposalHash: name.hash ?? null, token: null };
      return unrecorded(desk, name, { code: "STORE_UNAVAILABLE", message: result.problem.message });
    case "failed":
      return unrecorded(desk, name, result.fault);
  }
}
