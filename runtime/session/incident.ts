import type { FaultReport } from "../fault.ts";
import { type Appended, appendSoon } from "./append.ts";
import { type Desk, timeOrLast } from "./desk.ts";
import { disagreementCode } from "./incidents/disagreements.ts";

const longestMessage = 2_000;

/**
 * What is wrong beyond one proposal.
 *
 * @param about the number of its verdict; null where that could not be written
 */
export async function tellIncident(
  desk: Desk,
  { code, message }: Pick<FaultReport, "code" | "message">,
  about: number | null,
): Promise<void> {
  // A verdict that tells of a disagreement has the log write the incident.
  if (code === disagreementCode && about !== null) return;
  await recordIncident(desk, code, message, code === disagreementCode, about ?? undefined);
}

/**
 * One that freezes and cannot be written now denies everything until it is.
 *
 * @param about the number of the record that it is about
 */
export async function recordIncident(
  desk: Desk,
  code: string,
  told: string,
  freezes: boolean,
  about?: number,
): Promise<Appended> {
  // Whatever it tells of comes from outside. Half a pair of surrogates would keep it out of the ledger.
  const message = String(told).slice(0, longestMessage).toWellFormed();
  const incident = { code, message, freezes, ...(about === undefined ? {} : { about }) };
  const entry = () => ({ type: "incident", at: timeOrLast(desk), body: { ...incident } }) as const;
  const appended = await appendSoon(desk.log, desk.options.attempts, entry);
  if (appended.outcome === "appended") return appended;
  const { session, head } = desk.log.state.end;
  if (freezes) desk.incidents.owe(incident);
  else desk.incidents.tell({ session, ...incident, seq: null, head });
  return appended;
}
