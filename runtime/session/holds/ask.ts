/** `session.holds()`: on what the ledger says now. Nothing is appended. */
import { clockOrLast, type Desk } from "../desk.ts";
import { readDecided } from "../recorded-verdict.ts";
import { remainingOf } from "../remaining/remaining.ts";
import type { SessionFault } from "../verdict.ts";
import { liveHolds, type PendingHold, pendingHold } from "./pending.ts";

export type HoldsAnswer =
  | { readonly ok: true; readonly holds: readonly PendingHold[] }
  | { readonly ok: false; readonly fault: Pick<Extract<SessionFault, { code: string }>, "code" | "message"> };

export async function askHolds(desk: Desk): Promise<HoldsAnswer> {
  const { log, facts, options } = desk;
  const fault = await log.refresh();
  if (fault !== undefined) return { ok: false, fault: { code: fault.code, message: fault.message } };
  const { store, session, evaluator, settleSeconds } = options;
  const now = clockOrLast(desk);
  const live = liveHolds(log.state, now);
  if (live.length === 0) return { ok: true, holds: [] };
  const remaining = remainingOf(evaluator, facts, log.state, now, settleSeconds);
  const holds: PendingHold[] = [];
  for (const hold of live) {
    const record = await readDecided(store, session, hold);
    if (record === undefined) {
      const message = `record ${hold.seq} cannot be read again`;
      return { ok: false, fault: { code: "STORE_UNAVAILABLE", message } };
    }
    const pending = pendingHold(evaluator.envelope, log.state, record, remaining);
    if (pending !== undefined) holds.push(pending);
  }
  return { ok: true, holds };
}
