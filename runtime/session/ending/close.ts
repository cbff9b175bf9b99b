/**
 * A session is closed: what is overdue ends, the witness stops it, the postconditions are checked, and the outcome is written. Each
 * step stands in the ledger once it is made, so that another process goes on where one has ended (SPEC §10).
 */
import { type Outcome, outcomeOf } from "../../ledger/ending.ts";
import { closeRefusal } from "../../ledger/fold/orders.ts";
import type { LedgerFault } from "../../ledger/log.ts";
import type { RecordProblem } from "../../ledger/problem.ts";
import type { OrderGiven } from "../../people/order.ts";
import { type Appended, appendSoon, type Contention, contention } from "../append.ts";
import { clockOrLast, type Desk } from "../desk.ts";
import { isKilled, isKillWritten } from "../kill/kill.ts";
import { endOverdue } from "../overdue.ts";
import { stubbornness } from "../settings.ts";
import { checkPostconditions } from "./postconditions.ts";
import { writeWitness } from "./witness.ts";

/** A person's, verified. */
export type CloseOrder = Pick<OrderGiven, "text">;

export type Closing =
  | { readonly outcome: "closed"; readonly as: Outcome }
  /** Redeemed, and not settled: the session goes on until each is, or is overdue. */
  | {
      readonly outcome: "in_flight";
      /** The numbers of the `decided` records. */
      readonly effects: readonly number[];
      /** When the last of them is overdue; epoch milliseconds. */
      readonly until: number;
    }
  | { readonly outcome: "refused"; readonly problem: RecordProblem }
  | { readonly outcome: "failed"; readonly fault: LedgerFault | Contention };

/** Within a process, a session is closed by one at a time: whoever comes meanwhile gets the same answer. */
export function close(desk: Desk, order: CloseOrder | undefined): Promise<Closing> {
  desk.closing ??= closeNow(desk, order).finally(() => {
    desk.closing = undefined;
  });
  return desk.closing;
}

async function closeNow(desk: Desk, order: CloseOrder | undefined): Promise<Closing> {
  const stopped = await desk.inTurn(() => stop(desk, order));
  if (stopped.outcome !== "written") return stopped;
  const checked = await checkPostconditions(desk);
  if (checked.outcome !== "checked") return closedBy(desk) ?? checked;
  return desk.inTurn(() => writeClosed(desk, order));
}

async function stop(desk: Desk, order: CloseOrder | undefined): Promise<Closing | { readonly outcome: "written" }> {
  const { log, options } = desk;
  const most = options.attempts * stubbornness;
  for (let attempt = 0; attempt < most; attempt++) {
    const fault = await log.refresh();
    if (fault !== undefined) return { outcome: "failed", fault };
    const already = closedBy(desk);
    if (already !== undefined) return already;
    if (isKilled(desk) && !(await isKillWritten(desk))) return { outcome: "failed", fault: killedHere };
    // Before anything stops: whoever orders nothing must not stop the session either.
    const refused = closeRefusal(log.state, clockOrLast(desk), order?.text);
    if (refused !== undefined) return { outcome: "refused", problem: problemOf(desk, ...refused) };
    const ended = await endOverdue(desk, clockOrLast(desk));
    if (ended.outcome === "lost") continue;
    if (ended.outcome === "failed") return ended;
    const flying = inFlight(desk);
    if (flying !== undefined) return flying;
    const written = await writeWitness(desk, "end");
    // What was redeemed by others meanwhile is in flight now.
    if (written.outcome !== "refused" || inFlight(desk) === undefined) return written;
  }
  return { outcome: "failed", fault: contention(most) };
}

function inFlight({ log, options }: Desk): Closing | undefined {
  const flying = [...log.state.reservations.values()].filter(({ consumedAt }) => consumedAt !== undefined);
  if (flying.length === 0) return undefined;
  const latest = Math.max(...flying.map(({ consumedAt = 0 }) => consumedAt));
  const effects = flying.map(({ decided }) => decided);
  return { outcome: "in_flight", effects, until: latest + options.settleSeconds * 1000 };
}

async function writeClosed(desk: Desk, order: CloseOrder | undefined): Promise<Closing> {
  const { log, options } = desk;
  const by = order === undefined ? {} : { by: order.text };
  const appended: Appended = await appendSoon(
    log,
    options.attempts * stubbornness,
    () => ({ type: "closed", at: clockOrLast(desk), body: { as: outcomeOf(log.state), ...by } }),
    async () => ((await isKillWritten(desk)) ? undefined : killedHere),
  );
  return appended.outcome === "appended" ? (closedBy(desk) ?? lost) : (closedBy(desk) ?? appended);
}

function closedBy({ log }: Desk): Closing | undefined {
  const { closedAs } = log.state.ending;
  return closedAs === undefined ? undefined : { outcome: "closed", as: closedAs };
}

function problemOf({ log }: Desk, code: RecordProblem["code"], message: string): RecordProblem {
  return { code, seq: log.state.end.head.seq + 1, message };
}

const killedHere: LedgerFault = {
  code: "STORE_UNAVAILABLE",
  message: "the session has been killed, which is not written yet",
};
const lost: Closing = { outcome: "failed", fault: contention(1) };
