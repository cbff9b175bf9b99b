/** Reservations whose tokens have expired unredeemed return before anything is decided. */
import type { LedgerFault } from "../ledger/log.ts";
import { expiredReservations } from "../ledger/state.ts";
import type { Desk } from "./desk.ts";

export type Released =
  | { readonly outcome: "released"; readonly count: number }
  | { readonly outcome: "lost" }
  | { readonly outcome: "failed"; readonly fault: LedgerFault };

/** A session that has ended releases nothing more. */
export async function releaseExpired({ log }: Desk, now: number): Promise<Released> {
  const expired = expiredReservations(log.state, now);
  let count = 0;
  for (const { decided, jti } of expired) {
    const result = await log.append({ type: "released", at: now, body: { decided, jti } });
    if (result.outcome === "lost" || result.outcome === "failed") return result;
    if (result.outcome === "appended") count += 1;
  }
  return { outcome: "released", count };
}
