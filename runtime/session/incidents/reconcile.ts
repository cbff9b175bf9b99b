/** `session.reconcile()`: the host holds its executor's log against the ledger; what differs is recorded, and freezes. */

import type { LedgerFault } from "../../ledger/log.ts";
import type { Reconciled } from "../../reconcile/finding.ts";
import { type GivenLine, reconcile } from "../../reconcile/reconcile.ts";
import { incidentsOf } from "../../reconcile/record.ts";
import type { Appended } from "../append.ts";
import type { Desk } from "../desk.ts";
import { writeWitness } from "../ending/witness.ts";
import { recordIncident } from "../incident.ts";

export type SessionReconciled =
  | {
      readonly ok: true;
      readonly reconciled: Reconciled /** Of the incidents that the ledger had not got yet. */;
      readonly recorded: readonly Appended[];
    }
  | { readonly ok: false; readonly fault: LedgerFault };

/** @throws what the lines throw */
export async function reconcileSession(
  desk: Desk,
  lines: AsyncIterable<GivenLine> | Iterable<GivenLine>,
): Promise<SessionReconciled> {
  const { store, session, evaluator } = desk.options;
  const answer = await reconcile({ store, session, envelope: evaluator.envelope }, lines);
  if (!answer.ok) return answer;
  const { reconciled, known } = answer;
  const recorded: Appended[] = [];
  for (const { code, message, about } of incidentsOf(reconciled.findings, reconciled.count, known))
    recorded.push(await desk.inTurn(() => recordIncident(desk, code, message, true, about)));
  await desk.inTurn(() => writeWitness(desk, "incident")).catch(() => undefined);
  return { ok: true, reconciled, recorded };
}
