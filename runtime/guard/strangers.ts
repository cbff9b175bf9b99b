/** Observable Absence within bounds: who holds no token of any gateway does not fill the ledger (SPEC §8). */
import { isStranger } from "../ledger/fold/strangers.ts";
import type { Session } from "../session/session.ts";
import { type Denial, type RecordedDenial, recordDenial } from "./denial.ts";

/** In a session, each by itself. */
export const mostRecorded = 1_000;
/** From then on: one record for so many of them. */
export const countedTogether = 1_000;

export type Recorder = (denial: Denial, proposalHash: string | undefined) => Promise<RecordedDenial>;

/** Each denial is told to who asks; what is counted only has its number in the next record. */
export function recorder(session: Session): Recorder {
  let counted = 0;
  return async (denial, proposalHash) => {
    if (!isStranger(denial.code) || session.state.strangers < mostRecorded)
      return recordDenial(session, denial, proposalHash);
    counted += 1;
    if (counted < countedTogether) return { ...denial, seq: null };
    const before = counted - 1;
    counted = 0;
    const recorded = await recordDenial(session, denial, proposalHash, before);
    // What could not be written is counted on.
    if (recorded.seq === null) counted += before + 1;
    return recorded;
  };
}
