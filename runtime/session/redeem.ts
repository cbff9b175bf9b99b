/** A token is redeemed: the last check before an effect, and the record of it. */
import { type Appended, appendSoon } from "./append.ts";
import { haltTrippedSoon } from "./breakers/halt.ts";
import { clockOrLast, type Desk } from "./desk.ts";
import { isKilled, isKillWritten } from "./kill/kill.ts";
import { endOverdue } from "./overdue.ts";

/** @param decided the number of the `decided` record */
export async function redeem(desk: Desk, decided: number, jti: string): Promise<Appended> {
  const { log, options } = desk;
  const refuse = (code: "KILLED" | "CLOCK_REGRESSION" | "TOKEN_LIFETIME", message: string): Appended => ({
    outcome: "refused",
    problem: { code, seq: log.state.end.head.seq + 1, message },
  });
  const killed = async () => {
    await isKillWritten(desk);
    return refuse("KILLED", "the session has been killed");
  };
  if (isKilled(desk)) return killed();
  const time = desk.now();
  if (!time.ok) return refuse("CLOCK_REGRESSION", time.message);
  if (time.isBeyond) return refuse("TOKEN_LIFETIME", "the envelope has ended, and with it every token");
  // What nobody settled in time freezes the session, and with it this redemption.
  const ended = await endOverdue(desk, time.now);
  if (ended.outcome === "failed") return ended;
  if (isKilled(desk)) return killed();
  // Each attempt has its own time: others may have been waited for until the token had expired.
  const at = () => Math.max(time.now, clockOrLast(desk));
  const entry = () => ({ type: "consumed", at: at(), body: { decided, jti } }) as const;
  return appendSoon(log, options.attempts, entry, () => haltTrippedSoon(desk));
}
