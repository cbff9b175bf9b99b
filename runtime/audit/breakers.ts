/** Circuit breakers, computed again: what has tripped is told before anything is allowed, redeemed or resumed (SPEC §10). */
import type { Envelope } from "../../schema/envelope.ts";
import type { LedgerRecord } from "../ledger/record.ts";
import type { SessionState } from "../ledger/state.ts";
import { trippedBreakers, untoldBreakers } from "../session/breakers/tripped.ts";
import { differenceOf } from "./difference.ts";
import type { Findings } from "./finding.ts";

/** @param state before the record */
export function checkBreakers(envelope: Envelope, state: SessionState, record: LedgerRecord, findings: Findings): void {
  const { seq } = record;
  if (record.type === "halted") checkHalt(envelope, state, record, findings);
  if (record.type === "resumed" && envelope.recovery === "new_envelope_required")
    findings.add("RESUMED_FORBIDDEN", seq, `record ${seq} resumes a session whose envelope says that it never resumes`);
  if (!goesOn(record)) return;
  for (const { breaker } of untoldBreakers(envelope, state))
    findings.add("BREAKER_IGNORED", seq, `the breaker \`${breaker}\` has tripped before record ${seq}, which goes on`);
}

function goesOn({ type, body }: LedgerRecord): boolean {
  return type === "consumed" || type === "resumed" || (type === "decided" && "reservation" in body);
}

function checkHalt(
  envelope: Envelope,
  state: SessionState,
  { seq, body }: LedgerRecord<"halted">,
  findings: Findings,
): void {
  const written = envelope.breakers?.find(({ id }) => id === body.breaker);
  if (written === undefined) return;
  const tripped = trippedBreakers(envelope, state).find(({ breaker }) => breaker === body.breaker);
  const isSame =
    tripped !== undefined &&
    body.action === written.action &&
    (body.metrics === undefined || differenceOf(tripped.metrics, body.metrics) === undefined);
  if (!isSame) findings.add("HALT_FORGED", seq, `record ${seq} tells otherwise of \`${body.breaker}\` than the ledger`);
}
