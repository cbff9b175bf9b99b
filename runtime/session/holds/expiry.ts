/** How long a hold waits for people (SPEC §9). */
import { liveHold } from "../../ledger/fold/holds.ts";
import type { Desk } from "../desk.ts";
import { defaultHoldSeconds } from "../settings.ts";

/**
 * Epoch milliseconds. Proposing what is held once more gives it no more time: otherwise an agent that asks again and again would
 * keep old approvals alive. Never beyond the envelope.
 */
export function holdExpiry(desk: Desk, proposalHash: string, now: number): number {
  const { holdSeconds = defaultHoldSeconds } = desk.options;
  const earlier = liveHold(desk.log.state, proposalHash, now)?.expiresAt;
  return earlier ?? Math.max(now + 1, Math.min(now + holdSeconds * 1000, desk.end));
}
