/** `reconcile`: the ledger of one session against its executor's own log; what differs may be recorded, and freezes (SPEC §10). */
import type { Envelope } from "../../schema/envelope.ts";
import type { LedgerFault, SessionLog } from "../ledger/log.ts";
import { openLog } from "../ledger/log.ts";
import type { LedgerRecord } from "../ledger/record.ts";
import type { Store } from "../ledger/store/store.ts";
import type { Reconciled } from "./finding.ts";
import { Reconciliation } from "./reconciliation.ts";

/** One line of the log; undefined where it is no text. */
export interface GivenLine {
  readonly text: string | undefined;
  /** The rest of a sentence that begins with the line. */
  readonly lacks?: string;
}

export interface ReconcileOptions {
  readonly store: Store;
  readonly session: string;
  /** That was activated. */
  readonly envelope: Envelope;
}

export type ReconcileAnswer =
  | {
      readonly ok: true;
      readonly reconciled: Reconciled;
      readonly log: SessionLog;
      /** What incidents of the session say already. */
      readonly known: ReadonlySet<string>;
    }
  | { readonly ok: false; readonly fault: LedgerFault };

/**
 * @param lines read after the ledger: what is settled by then has to be in them
 * @throws what the lines throw
 */
export async function reconcile(
  { store, session, envelope }: ReconcileOptions,
  lines: AsyncIterable<GivenLine> | Iterable<GivenLine>,
): Promise<ReconcileAnswer> {
  const reconciliation = new Reconciliation(session, envelope);
  const known = new Set<string>();
  const taken = (record: LedgerRecord) => {
    reconciliation.record(record);
    if (record.type === "incident") known.add(nameOf(record.body));
  };
  const opened = await openLog(store, session, { taken });
  if (!opened.ok) return opened;
  reconciliation.logBegins();
  for await (const { text, lacks } of lines) reconciliation.line(text, lacks);
  const fault = await opened.log.refresh();
  if (fault !== undefined) return { ok: false, fault };
  return { ok: true, reconciled: reconciliation.end(), log: opened.log, known };
}

/** Two incidents that say the same are one. */
export function nameOf({ code, message }: { readonly code: string; readonly message: string }): string {
  return JSON.stringify([code, message]);
}
