/** The ways of a reservation: consumed and settled, or released. Each of them happens once (SPEC §7). */
import type { Consumed, Settled } from "../../../schema/ledger.ts";
import { isCount } from "../counts.ts";
import type { Reservation, SessionState } from "../state.ts";
import { notRunning } from "./running.ts";
import type { Refusal, Step } from "./step.ts";
import { watchRedemption, watchSettlement, watchStop } from "./watch.ts";

/** The token is redeemed: in a running session, once, before it expires. */
export const consumed: Step<"consumed"> = {
  refuse(state, { at, body }) {
    const reservation = reservationOf(state, body);
    if (reservation === undefined || reservation.consumedAt !== undefined) return missing(body, "to consume");
    if (at >= reservation.expiresAt) return ["TOKEN_LIFETIME", `the token of record ${body.decided} has expired`];
    return notRunning(state);
  },
  apply(state, { seq, at, body }) {
    const reservation = reservationOf(state, body);
    if (reservation === undefined) return;
    reservation.consumedAt = at;
    watchRedemption(state, reservation, seq);
  },
};

/** The charge is what was reserved, less what a receipt gives back. More than was reserved is charged too, and freezes. */
export const settled: Step<"settled"> = {
  refuse(state, { body }) {
    const reservation = reservationOf(state, body);
    if (reservation?.consumedAt === undefined) return missing(body, "to settle");
    return amountsRefused(state, reservation, body);
  },
  apply(state, { seq, at, body }) {
    const reservation = reservationOf(state, body);
    if (reservation === undefined) return;
    state.reservations.delete(reservation.decided);
    watchSettlement(state, body, seq);
    const amounts = new Map(Object.entries(body.amounts));
    for (const [bound, { amount, bucket }] of reservation.charges) {
      const actual = amounts.get(bound) ?? amount;
      state.sums.add(bound, actual - amount, bucket);
      if (actual <= amount) continue;
      if (state.phase === "active") state.phase = "frozen";
      state.ending.isSuspect = true;
      watchStop(state, at);
    }
    if (body.outcome === "unknown") {
      state.ending.isSuspect = true;
      watchStop(state, at);
    }
    if (body.outcome !== "executed") return;
    state.last.set(reservation.effect, at);
    for (const [name, value] of Object.entries(body.results)) {
      const key = `${reservation.effect}/${name}`;
      const values = state.produced.get(key);
      if (values === undefined) state.produced.set(key, new Set([value]));
      else values.add(value);
    }
  },
};

/** The token expired unredeemed: amounts and calls return; what was allowed stays allowed in the windows of velocity. */
export const released: Step<"released"> = {
  refuse(state, { at, body }) {
    const reservation = reservationOf(state, body);
    if (reservation === undefined || reservation.consumedAt !== undefined) return missing(body, "to release");
    if (at < reservation.expiresAt) return ["TOKEN_LIFETIME", `the token of record ${body.decided} is still good`];
    return undefined;
  },
  apply(state, { body }) {
    const reservation = reservationOf(state, body);
    if (reservation === undefined) return;
    state.reservations.delete(reservation.decided);
    for (const [bound, { amount, bucket }] of reservation.charges) state.sums.add(bound, -amount, bucket);
  },
};

function reservationOf({ reservations }: SessionState, { decided, jti }: Readonly<Consumed>): Reservation | undefined {
  const reservation = reservations.get(decided);
  return reservation?.jti === jti ? reservation : undefined;
}

function missing({ decided }: Readonly<Consumed>, what: string): Refusal {
  return ["RESERVATION_MISSING", `record ${decided} with this token has no reservation ${what}`];
}

function amountsRefused(
  { sums }: SessionState,
  reservation: Reservation,
  body: Readonly<Settled>,
): Refusal | undefined {
  for (const [bound, actual] of Object.entries(body.amounts)) {
    const charge = reservation.charges.get(bound);
    if (charge === undefined) return ["RECORD_INCONSISTENT", `nothing was reserved of ${bound}`];
    if (isCount(bound) && actual !== charge.amount)
      return ["RECORD_INCONSISTENT", `calls count when they are allowed: ${bound} cannot be settled otherwise`];
    if (actual < charge.amount && body.outcome === "unknown")
      return ["RECORD_INCONSISTENT", `an unknown outcome is charged in full, not ${actual} of ${bound}`];
    if (actual < charge.amount && body.receipt === undefined)
      return ["RECEIPT_MISSING", `without a receipt, less than reserved cannot be charged to ${bound}`];
    if (!sums.holds(bound, { ...charge, amount: actual - charge.amount }))
      return ["SUM_OVERFLOW", `the sum of ${bound} would be no exact integer`];
  }
  return undefined;
}
