/** What a reconciliation has found becomes incidents of the session, each once, and each of them freezes (SPEC §10). */
import type { Incident } from "../../schema/ledger.ts";
import type { ReconcileFinding } from "./finding.ts";
import { nameOf } from "./reconcile.ts";

/** As many are recorded one by one. */
const mostRecorded = 20;

/**
 * The bodies of the incidents that the ledger does not have yet.
 *
 * @param count of all findings, of which the first are given
 */
export function incidentsOf(
  findings: readonly ReconcileFinding[],
  count: number,
  known: ReadonlySet<string>,
): readonly Incident[] {
  const all = findings.map(
    ({ code, message, about }): Incident => ({
      code,
      message,
      freezes: true,
      ...(about === undefined ? {} : { about }),
    }),
  );
  const kept = all.slice(0, mostRecorded);
  const rest = count - kept.length;
  const message = `and ${rest} more: the log and the ledger differ at ${count} places`;
  if (rest > 0) kept.push({ code: "RECONCILIATION", message, freezes: true });
  const said = new Set(known);
  return kept.filter((incident) => {
    const isNew = !said.has(nameOf(incident));
    said.add(nameOf(incident));
    return isNew;
  });
}
