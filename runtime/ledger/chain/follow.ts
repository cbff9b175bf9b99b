/** The links of the chain: number, hash of the record before, session, envelope, clock (SPEC §7). */
import type { RecordProblem } from "../problem.ts";
import type { Head, LedgerRecord } from "../record.ts";
import { namesItsSession } from "./parse.ts";
import type { ChainName } from "./seal.ts";

/** The end of a chain that is known to be sound. */
export interface ChainEnd extends ChainName {
  readonly head: Head;
  /** Of the last record; epoch milliseconds. */
  readonly at: number;
}

/**
 * What keeps a record from following; undefined if it does.
 *
 * @param end undefined before the first record
 */
export function linkProblem(
  record: LedgerRecord,
  end: ChainEnd | undefined,
  session: string,
): RecordProblem | undefined {
  const seq = (end?.head.seq ?? 0) + 1;
  const broken = (message: string): RecordProblem => ({ code: "CHAIN_BROKEN", seq, message });
  if (record.seq !== seq) return broken(`record ${seq} has the number ${record.seq}`);
  if (record.session !== session) return broken(`record ${seq} belongs to another session`);
  if (end === undefined) {
    if (!/^0{64}$/.test(record.prev)) return broken("the first record follows another one");
    return namesItsSession(record) ? undefined : broken("the session is not named after its first record");
  }
  if (record.prev !== end.head.hash) return broken(`record ${seq} does not follow record ${seq - 1} as it stands`);
  if (record.envelope !== end.envelope) return broken(`record ${seq} belongs to another envelope`);
  return clockProblem(record.at, end);
}

/** A session's clock never goes back. Equal times are in order. */
export function clockProblem(at: number, { at: last, head }: Pick<ChainEnd, "at" | "head">): RecordProblem | undefined {
  if (at >= last) return undefined;
  const message = `the time ${at} is before that of the last record, ${last}`;
  return { code: "CLOCK_REGRESSION", seq: head.seq + 1, message };
}
