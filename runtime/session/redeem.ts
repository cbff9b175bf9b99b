/** A token is redeemed: the last check before an effect, and the record of it. */
import { type Appended, appendSoon } from "./append.ts";
import type { Desk } from "./desk.ts";
import { endOverdue } from "./overdue.ts";

/** @param decided the number of the `decided` record */
export async function redeem(desk: Desk, decided: number, jti: string): Promise<Appended> {
  const { log, options } = desk;
  const refuse = (code: "KILLED" | "CLOCK_REGRESSION", message: string): Appended => ({
    outcome: "refused",
    problem: { code, seq: log.state.end.head.seq + 1, message },
  });
  const time = desk.now();
  if (!time.ok) return refuse("CLOCK_REGRESSION", time.message);
  // What nobody settled in time freezes the session, and with it this redemption.
  const ended = await endOverdue(desk, time.now);
  if (ended.outcome === "failed") return ended;
  if (desk.killed !== undefined) return refuse("KILLED", "the session has been killed");
  return appendSoon(log, options.attempts, () => ({
    type: "consumed",
    at: Math.max(time.now, log.state.end.at),
    body: { decided, jti },
  }));
}
