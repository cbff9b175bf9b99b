/** What each record adds to the things that circuit breakers look at (SPEC §10). */
import type { Decided, MetricValue, Settled } from "../../../schema/ledger.ts";
import type { Reservation, SessionState } from "../state.ts";

/** As many verdicts count for the rate of holds. */
const rated = 100;

export function watchVerdict({ watched }: SessionState, { verdict }: Readonly<Decided>): void {
  if (verdict === "deny") watched.denialStreak += 1;
  if (verdict === "allow") watched.denialStreak = 0;
  watched.holds.push(verdict === "hold");
  if (watched.holds.length > rated) watched.holds.shift();
}

/** @param seq of the `consumed` record */
export function watchRedemption({ watched }: SessionState, { decided, effect }: Reservation, seq: number): void {
  watched.performed.set(decided, { effect, consumed: seq, cancels: 0 });
}

/** @param seq of the `settled` record */
export function watchSettlement({ watched }: SessionState, body: Readonly<Settled>, seq: number): void {
  const { decided, outcome, metrics } = body;
  watched.errorStreak = outcome === "executed" ? 0 : watched.errorStreak + 1;
  const performed = watched.performed.get(decided);
  if (outcome === "not_executed") watched.performed.delete(decided);
  else if (performed !== undefined) watched.performed.set(decided, { ...performed, settled: seq });
  watchMetrics(watched.metrics, metrics);
}

/** The last value counts. */
export function watchMetrics(metrics: Map<string, string | number>, reported: readonly MetricValue[]): void {
  for (const { metric, value } of reported) metrics.set(metric, value);
}

/** @param at when the session was halted or frozen, or an outcome was unknown */
export function watchStop({ watched }: SessionState, at: number): void {
  watched.stoppedAt = at;
}
