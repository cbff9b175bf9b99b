/** The answers of a session that asked no engine: denies, each with its code. */
import type { ProposalName } from "../proposal-hash.ts";
import { appendSoon } from "./append.ts";
import { decidedEntry } from "./decided-entry.ts";
import { type Desk, timeOrLast } from "./desk.ts";
import { faultVerdict, type SessionFault, type SessionVerdict } from "./verdict.ts";

/** No record, no allow. */
export function unrecorded({ options }: Desk, { hash }: ProposalName, fault: SessionFault): SessionVerdict {
  return { ...faultVerdict(options.evaluator, fault), seq: null, proposalHash: hash ?? null, token: null };
}

/** A deny of the session itself, recorded under the time of the last record where the clock gives none. */
export async function refuse(desk: Desk, { hash }: ProposalName, fault: SessionFault): Promise<SessionVerdict> {
  const { log, options } = desk;
  const verdict = faultVerdict(options.evaluator, fault);
  // Under an id that is another proposal's already, it would take that one's place.
  const name = { hash, id: undefined };
  const result = await appendSoon(log, options.attempts, () =>
    decidedEntry(timeOrLast(desk), { verdict }, name, undefined),
  );
  const seq = result.outcome === "appended" ? result.record.seq : null;
  return { ...verdict, seq, proposalHash: hash ?? null, token: null };
}
