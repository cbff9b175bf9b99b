/** An entry that depends on nothing but the fold's own guards, appended however often others are first. */
import type { LedgerFault, SessionLog } from "../ledger/log.ts";
import type { RecordProblem } from "../ledger/problem.ts";
import type { Entry, LedgerRecord, RecordType } from "../ledger/record.ts";

export type Appended =
  | { readonly outcome: "appended"; readonly record: LedgerRecord }
  | { readonly outcome: "refused"; readonly problem: RecordProblem }
  | { readonly outcome: "failed"; readonly fault: LedgerFault | Contention };

/** Others were first each time. */
export interface Contention {
  readonly code: "CONTENTION";
  readonly message: string;
}

/**
 * @param entry made anew for each attempt, after the records of the others were taken in
 * @param before what must stand in the ledger before the entry, on each state that it is tried on
 */
export async function appendSoon(
  log: SessionLog,
  attempts: number,
  entry: () => Entry<Exclude<RecordType, "activated" | "rejected">>,
  before?: () => Promise<LedgerFault | undefined>,
): Promise<Appended> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const fault = (attempt === 0 ? undefined : await log.refresh()) ?? (await before?.());
    if (fault !== undefined) return { outcome: "failed", fault };
    const result = await log.append(entry());
    // What is refused on a state that others have moved on may be right on theirs, and the other way about.
    if (result.outcome === "refused" && attempt === 0 && (await log.refresh()) === undefined) continue;
    if (result.outcome !== "lost") return result;
  }
  return { outcome: "failed", fault: contention(attempts) };
}

export function contention(attempts: number): Contention {
  return { code: "CONTENTION", message: `other writers were first ${attempts} times: propose it again` };
}
