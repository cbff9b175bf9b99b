/** Findings become incidents, each by an order that a person has signed over its very words. */
import type { SessionLog } from "../../runtime/ledger/log.ts";
import type { Store } from "../../runtime/ledger/store/store.ts";
import type { VerifiedOrder } from "../../runtime/people/order.ts";
import { appendSoon } from "../../runtime/session/append.ts";
import { writeWitnessWith } from "../../runtime/session/ending/witness.ts";
import { defaultAttempts, stubbornness } from "../../runtime/session/settings.ts";
import type { Incident } from "../../schema/ledger.ts";
import { UsageError } from "../io.ts";
import { type Orderer, signedOrder } from "../ledger/order.ts";

export interface IncidentsRecorded {
  /** The records of those that were, in order. */
  readonly seqs: readonly number[];
  /** Why not all of them were. */
  readonly refused?: { readonly code: string; readonly message: string };
}

/** How long an order counts; it is carried out now. */
const seconds = 300;

/** With the witness of the freeze. Never in the way of what was found: whatever keeps it from being recorded is told beside it. */
export async function recordIncidents(
  store: Store,
  log: SessionLog,
  incidents: readonly Incident[],
  freezer: Orderer,
): Promise<IncidentsRecorded> {
  const seqs: number[] = [];
  const stop = ({ code, message }: { readonly code: string; readonly message: string }): IncidentsRecorded => ({
    seqs,
    refused: { code, message },
  });
  for (const incident of incidents) {
    const by = await orderOf(log, incident, freezer);
    if (!by.ok) return stop(by);
    const appended = await appendSoon(log, defaultAttempts * stubbornness, () => ({
      type: "incident",
      at: Math.max(freezer.now, log.state.end.at),
      body: { ...incident, by: by.order.text },
    }));
    if (appended.outcome === "failed") return stop(appended.fault);
    if (appended.outcome === "refused") return stop(appended.problem);
    seqs.push(appended.record.seq);
  }
  const timeOf = () => Math.max(freezer.now, log.state.end.at);
  const witness = await writeWitnessWith({ log, store, attempts: defaultAttempts, timeOf }, "incident");
  if (witness.outcome === "failed") return stop(witness.fault);
  return witness.outcome === "refused" ? stop(witness.problem) : { seqs };
}

async function orderOf({ state }: SessionLog, { code, message }: Incident, freezer: Orderer): Promise<VerifiedOrder> {
  const what = { order: "freeze", reason: `${code}: ${message}` } as const;
  try {
    return await signedOrder(freezer, state.end, state.people, what, seconds);
  } catch (error) {
    if (error instanceof UsageError) return { ok: false, code: "ORDER_MALFORMED", message: error.message };
    throw error;
  }
}
