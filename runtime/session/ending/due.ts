/** Sessions end by themselves: with their envelope, their time, their kill, and whatever end has begun (SPEC §10). */
import type { Desk } from "../desk.ts";
import { exactEndOf } from "../envelope-end.ts";
import { isKilled } from "../kill/kill.ts";
import { type Closing, close } from "./close.ts";

export type DueClosing =
  | Closing
  /** Nothing ends yet. Both are epoch milliseconds. */
  | { readonly outcome: "not_due"; readonly at: number; readonly now: number };

/** Closes the session if it is at its end, on what the ledger and the clock say now. */
export async function endIfDue(desk: Desk): Promise<DueClosing> {
  const { log } = desk;
  const fault = await desk.inTurn(() => log.refresh());
  if (fault !== undefined) return { outcome: "failed", fault };
  if (isOver(desk)) return close(desk, undefined);
  const time = desk.now();
  if (!time.ok)
    return {
      outcome: "refused",
      problem: { code: "CLOCK_REGRESSION", seq: log.state.end.head.seq + 1, message: time.message },
    };
  const at = exactEndOf(desk);
  return time.now < at ? { outcome: "not_due", at, now: time.now } : close(desk, undefined);
}

/** Whether nothing can be allowed in it any more, whatever people say. */
function isOver(desk: Desk): boolean {
  const { phase, halted } = desk.log.state;
  if (phase === "closed" || phase === "witness" || isKilled(desk)) return true;
  return desk.options.evaluator.envelope.recovery === "new_envelope_required" && (halted || phase === "frozen");
}
