/** What has tripped is written before anything else happens: after what tripped it, and again before each decision and redemption. */
import type { LedgerFault } from "../../ledger/log.ts";
import { contention } from "../append.ts";
import { type Desk, timeOrLast } from "../desk.ts";
import { writeWitness } from "../ending/witness.ts";
import type { InTurn } from "../in-turn.ts";
import { startCancelling } from "./cancel.ts";
import { untoldBreakers } from "./tripped.ts";

export type Halted =
  /** Every breaker that has tripped stands in the ledger. */
  | { readonly outcome: "told" }
  | { readonly outcome: "lost" }
  | { readonly outcome: "failed"; readonly fault: LedgerFault };

/** On the head that the log has seen last. */
export async function haltTripped(desk: Desk): Promise<Halted> {
  const { log, options } = desk;
  for (;;) {
    const [next] = untoldBreakers(options.evaluator.envelope, log.state);
    if (next === undefined) return { outcome: "told" };
    const { breaker, action, metrics } = next;
    const body = { breaker, action, metrics: [...metrics] };
    const result = await log.append({ type: "halted", at: timeOrLast(desk), body });
    if (result.outcome === "lost" || result.outcome === "failed") return result;
    if (result.outcome === "appended") continue;
    // Nothing follows in a session that has ended; what should have stopped a living one, and cannot, stops it all the same.
    if (log.state.phase === "closed" || log.state.phase === "rejected") return { outcome: "told" };
    return { outcome: "failed", fault: { code: "STORE_UNAVAILABLE", message: result.problem.message } };
  }
}

/** The same, after whatever others append meanwhile. */
export async function haltTrippedSoon(desk: Desk): Promise<LedgerFault | undefined> {
  const { log, options } = desk;
  for (let attempt = 0; attempt < options.attempts; attempt++) {
    const halted = await haltTripped(desk);
    if (halted.outcome === "told") return undefined;
    const fault = halted.outcome === "failed" ? halted.fault : await log.refresh();
    if (fault !== undefined) return fault;
  }
  return { code: "STORE_UNAVAILABLE", message: contention(options.attempts).message };
}

/** Turns each of which ends with a look at the incidents that are owed, at the breakers, and at what froze the session. What cannot be written then is written before the next decision. */
export function watchedTurns(desk: Desk): InTurn {
  return (work) =>
    desk.inTurn(async () => {
      const result = await work();
      await desk.incidents.examine().catch(() => undefined);
      await haltTrippedSoon(desk).catch(() => undefined);
      await writeWitness(desk, "incident").catch(() => undefined);
      startCancelling(desk);
      return result;
    });
}
