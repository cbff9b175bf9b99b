/** What has waited too long ends before anything is decided: every reservation is settled or released some day. */
import type { LedgerFault } from "../ledger/log.ts";
import type { Entry } from "../ledger/record.ts";
import { expiredReservations, type Reservation, unsettledReservations } from "../ledger/state.ts";
import type { Desk } from "./desk.ts";
import { horizonOf } from "./envelope-end.ts";

export type Ended =
  | { readonly outcome: "ended"; readonly count: number }
  | { readonly outcome: "lost" }
  | { readonly outcome: "failed"; readonly fault: LedgerFault };

/**
 * What was not redeemed returns. What was redeemed and never settled is charged in full, as an effect that may have happened, and
 * freezes the session until people have looked (SPEC §10). A session that has ended takes neither.
 *
 * @param now where it is too late to be recorded, each ends when it became overdue
 */
export async function endOverdue(desk: Desk, now: number): Promise<Ended> {
  const { log, options } = desk;
  const waits = options.settleSeconds * 1000;
  const released = expiredReservations(log.state, now).map((one) => ({ since: one.expiresAt, entry: release(one) }));
  const settled = unsettledReservations(log.state, now - waits).flatMap((one) =>
    unknown(one).map((entry) => ({ since: (one.consumedAt ?? now) + waits, entry })),
  );
  let count = 0;
  for (const { since, entry } of [...released, ...settled]) {
    const at = now > horizonOf(desk) ? Math.max(since, log.state.end.at) : now;
    const result = await log.append({ ...entry, at });
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
