/** Incidents of an earlier opening that could not be recorded then, such as a ledger that was found broken (SPEC §10). */
import type { LedgerFault } from "../../ledger/log.ts";
import type { Desk } from "../desk.ts";
import { recordIncident } from "../incident.ts";
import { readRecord } from "../recorded-verdict.ts";
import type { IncidentTold } from "./told.ts";

/**
 * Records them, each of which freezes. A ledger that has not got the record that was its last one then is not the one that it was:
 * that is a fault, as long as it is so.
 */
export async function recordEarlier(desk: Desk, incidents: readonly IncidentTold[]): Promise<LedgerFault | undefined> {
  const { store, session } = desk.options;
  for (const { code, message, head, ...incident } of incidents) {
    if (incident.session !== session || incident.seq !== null) continue;
    const record = head.seq === 0 ? undefined : await readRecord(store, session, head.seq);
    if (head.seq > 0 && record?.hash !== head.hash) return lacks(head.seq);
    // Of a number that may not be there any more, a record does not speak.
    const recorded = await recordIncident(desk, code, message, true);
    if (recorded.outcome === "failed") return { code: "STORE_UNAVAILABLE", message: recorded.fault.message };
  }
  return undefined;
}

function lacks(seq: number): LedgerFault {
  const message = `the ledger has no longer got record ${seq}, which was read before: it is not the one that it was`;
  return { code: "STORE_UNAVAILABLE", message };
}
