import type { FaultReport } from "../fault.ts";
import { appendSoon } from "./append.ts";
import { type Desk, timeOrLast } from "./desk.ts";

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
  message: string,
  freezes: boolean,
  about?: number,
): Promise<void> {
  await appendSoon(desk.log, desk.options.attempts, () => {
    const body = { code, message, freezes, ...(about === undefined ? {} : { about }) };
    return { type: "incident", at: timeOrLast(desk), body };
  });
}
