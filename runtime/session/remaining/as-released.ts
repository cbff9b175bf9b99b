/** A session as the next decision will find it: what expired tokens have reserved is back. Nothing is written. */
import { expiredReservations, type SessionState } from "../../ledger/state.ts";
import { Sums } from "../../ledger/sums.ts";

/** The state itself where nothing has expired. */
export function asReleased(state: SessionState, now: number): SessionState {
  const expired = expiredReservations(state, now);
  if (expired.length === 0) return state;
  const sums = new Sums();
  for (const { bound, bucket, sum } of state.sums.entries()) sums.add(bound, sum, bucket);
  for (const { charges } of expired)
    for (const [bound, { amount, bucket }] of charges) sums.add(bound, -amount, bucket);
  return { ...state, sums };
}
