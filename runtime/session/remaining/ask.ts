/** `session.remaining()`: on what the ledger says now. */
import type { Desk } from "../desk.ts";
import type { SessionFault } from "../verdict.ts";
import { type Remaining, remainingOf } from "./remaining.ts";

export type RemainingAnswer =
  | { readonly ok: true; readonly remaining: Remaining }
  /** What is left is not known, and nothing would be allowed. */
  | { readonly ok: false; readonly fault: SessionFault };

export async function askRemaining(desk: Desk): Promise<RemainingAnswer> {
  const { log, facts, options } = desk;
  const fault = await log.refresh();
  if (fault !== undefined) return { ok: false, fault: { code: fault.code, message: fault.message } };
  const time = desk.now();
  if (!time.ok) return { ok: false, fault: { code: "CLOCK_REGRESSION", message: time.message } };
  const remaining = remainingOf(options.evaluator, facts, log.state, time.now, options.settleSeconds);
  return { ok: true, remaining };
}
