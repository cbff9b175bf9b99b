import type { FaultReport } from "../fault.ts";
import { type Appended, appendSoon } from "./append.ts";
import { type Desk, timeOrLast } from "./desk.ts";

const longestMessage = 2_000;

/** What is wrong beyond one proposal. What cannot be written is written nowhere: the verdict is deny already. */
export async function tellIncident(
  desk: Desk,
  { code, message }: Pick<FaultReport, "code" | "message">,
  about: number | null,
): Promise<void> {
  await recordIncident(desk, code, message, code === "ENGINE_DISAGREEMENT", about ?? undefined);
}

/** @param about the number of the record that it is about */
export async function recordIncident(
  desk: Desk,
  code: string,
  told: string,
  freezes: boolean,
  about?: number,
): Promise<Appended> {
  // Whatever it tells of comes from outside. Half a pair of surrogates would keep it out of the ledger.
  const message = String(told).slice(0, longestMessage).toWellFormed();
  const appended = await appendSoon(desk.log, desk.options.attempts, () => {
    const body = { code, message, freezes, ...(about === undefined ? {} : { about }) };
    return { type: "incident", at: timeOrLast(desk), body };
  });
  const { session, head } = desk.log.state.end;
  if (appended.outcome !== "appended")
    desk.tell({ session, code, message, freezes, seq: null, head, ...(about === undefined ? {} : { about }) });
  return appended;
}
