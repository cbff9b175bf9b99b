/** What has waited too long ends before anything is decided: every reservation is settled or released some day. */
import type { LedgerFault } from "../ledger/log.ts";
import type { Entry } from "../ledger/record.ts";
import { expiredReservations, type Reservation, unsettledReservations } from "../ledger/state.ts";
import type { Desk } from "./desk.ts";

export type Ended =
  | { readonly outcome: "ended"; readonly count: number }
  | { readonly outcome: "lost" }
  | { readonly outcome: "failed"; readonly fault: LedgerFault };

/**
 * What was not redeemed returns. What was redeemed and never settled is charged in full, as an effect that may have happened, and
 * freezes the session until people have looked (SPEC §10). A session that has ended takes neither.
 */
export async function endOverdue({ log, options }: Desk, now: number): Promise<Ended> {
  const released = expiredReservations(log.state, now).map(release);
  const settled = unsettledReservations(log.state, now - options.settleSeconds * 1000).flatMap(unknown);
  let count = 0;
  for (const entry of [...released, ...settled]) {
    const result = await log.append({ ...entry, at: now });
    if (result.outcome === "lost" || result.outcome === "failed") return result;
    if (result.outcome === "appended") count += 1;
  }
  return { outcome: "ended", count };
}

type Overdue = Omit<Entry<"released">, "at"> | Omit<Entry<"incident">, "at"> | Omit<Entry<"settled">, "at">;

function release({ decided, jti }: Reservation): Overdue {
  return { type: "released", body: { decided, jti } };
}

/** The incident first: where a process ends between the two, the next one finds the reservation again. */
function unknown({ decided, jti, effect }: Reservation): readonly Overdue[] {
  const message = `${effect} was redeemed, and nobody has said how it ended`;
  return [
    { type: "incident", body: { code: "OUTCOME_UNKNOWN", message, freezes: true, about: decided } },
    { type: "settled", body: { decided, jti, outcome: "unknown", amounts: {}, results: {}, metrics: [] } },
  ];
}
