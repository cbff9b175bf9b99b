/** Redemptions stay within the envelope's time, whatever the token says (SPEC §3, §8). */
import type { Envelope } from "../../schema/envelope.ts";
import { parseTimestamp } from "../../schema/values/timestamp.ts";
import type { LedgerRecord } from "../ledger/record.ts";
import type { Findings } from "./finding.ts";

/** Epoch milliseconds: from `begin`, and before `end`. */
export interface Validity {
  readonly begin: number;
  readonly end: number;
}

/** @param activatedAt epoch milliseconds */
export function validityOf({ validity }: Envelope, activatedAt: number): Validity {
  const { notBefore, expiresAt, maxDurationSeconds } = validity;
  const [begin, end] = [parseTimestamp(notBefore), parseTimestamp(expiresAt)];
  if (!begin.ok || !end.ok) return { begin: Number.POSITIVE_INFINITY, end: 0 };
  return { begin: begin.value, end: Math.min(end.value, activatedAt + maxDurationSeconds * 1000) };
}

export function checkRedemption(
  { begin, end }: Validity,
  { seq, at }: LedgerRecord<"consumed">,
  findings: Findings,
): void {
  if (begin <= at && at < end) return;
  findings.add(
    "CONSUMED_OUTSIDE_VALIDITY",
    seq,
    `record ${seq} redeems a token at a time at which the envelope is not valid`,
  );
}
