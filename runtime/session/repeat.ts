/** A proposal whose id has been decided before: the same one gets the same answer, another one is refused (SPEC §7). */

import { notRunning } from "../ledger/fold/running.ts";
import type { DecidedProposal } from "../ledger/state.ts";
import type { ProposalName } from "../proposal-hash.ts";
import type { Desk } from "./desk.ts";
import { readDecided, recordedVerdict } from "./recorded-verdict.ts";
import { refuse, unrecorded } from "./refuse.ts";
import { tokenOf } from "./token.ts";
import type { SessionVerdict } from "./verdict.ts";

export async function answerAgain(
  desk: Desk,
  name: ProposalName,
  before: DecidedProposal,
  now: number,
): Promise<SessionVerdict> {
  const proposalHash = name.hash ?? null;
  if (before.proposalHash !== proposalHash) {
    const message = `the id ${JSON.stringify(name.id)} was given to another proposal, in record ${before.seq}`;
    return refuse(desk, name, { code: "PROPOSAL_REPEATED", message });
  }
  const { store, session } = desk.options;
  const record = await readDecided(store, session, before);
  if (record === undefined) {
    await desk.log.verify();
    const message = `record ${before.seq} cannot be read again`;
    return unrecorded(desk, name, { code: "STORE_UNAVAILABLE", message });
  }
  const verdict = recordedVerdict(record);
  const { reservation } = record.body;
  const standing = desk.log.state.reservations.get(before.seq);
  const isOpen =
    standing !== undefined &&
    standing.consumedAt === undefined &&
    now < standing.expiresAt &&
    notRunning(desk.log.state) === undefined;
  const token =
    isOpen && reservation !== undefined && name.hash !== undefined
      ? await tokenOf(desk, record, verdict, name.hash, reservation).catch(() => null)
      : null;
  return { ...verdict, seq: before.seq, proposalHash, token };
}
