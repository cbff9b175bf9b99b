/** Redemptions stay within the envelope's time, whatever the token says (SPEC §3, §8). */
import type { Envelope } from "../../schema/envelope.ts";
import { parseTimestamp } from "../../schema/values/timestamp.ts";
import type { LedgerRecord } from "../ledger/record.ts";
import type { Findings } from "./finding.ts";

/** @param activatedAt epoch milliseconds */
export function checkRedemption(
  { validity }: Envelope,
  activatedAt: number,
  { seq, at }: LedgerRecord<"consumed">,
  findings: Findings,
): void {
  const [begin, end] = [parseTimestamp(validity.notBefore), parseTimestamp(validity.expiresAt)];
  const isWithin = begin.ok && end.ok && begin.value <= at && at < end.value;
  if (isWithin && at < activatedAt + validity.maxDurationSeconds * 1000) return;
  findings.add(
    "CONSUMED_OUTSIDE_VALIDITY",
    seq,
    `record ${seq} redeems a token at a time at which the envelope is not valid`,
  );
}
