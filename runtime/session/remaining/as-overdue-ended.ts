/** A session as the next decision will find it, once what has waited too long has ended. Nothing is written. */
import { expiredReservations, type SessionState, unsettledReservations } from "../../ledger/state.ts";
import { Sums } from "../../ledger/sums.ts";

/** What expired tokens have reserved is back; an effect that nobody has settled in time freezes the session. */
export function asOverdueEnded(state: SessionState, now: number, settleSeconds: number): SessionState {
  const expired = expiredReservations(state, now);
  const freezes = state.phase === "active" && unsettledReservations(state, now - settleSeconds * 1000).length > 0;
  if (expired.length === 0 && !freezes) return state;
  const sums = new Sums();
  for (const { bound, bucket, sum } of state.sums.entries()) sums.add(bound, sum, bucket);
  for (const { charges } of expired)
    for (const [bound, { amount, bucket }] of charges) sums.add(bound, -amount, bucket);
  return { ...state, sums, phase: freezes ? "frozen" : state.phase };
}

/** When the first of the effects that were redeemed, and are not settled yet, freezes the session; undefined for none. */
export function freezesAt({ reservations }: SessionState, settleSeconds: number): number | undefined {
  const consumed = [...reservations.values()].flatMap(({ consumedAt }) => consumedAt ?? []);
  return consumed.length === 0 ? undefined : Math.min(...consumed) + settleSeconds * 1000;
}
