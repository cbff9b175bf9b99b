/**
 * Cancels that a breaker has ordered, made by the gateway: each attempt is recorded, and the next one made, until the effect is undone
 * or given up, which people have to hear of. What is to be done stands in the ledger, so that another process goes on with it.
 */
import { reasonOf } from "../../fault.ts";
import { cancelsDue, type Performed } from "../../ledger/watched.ts";
import { own, ownMember } from "../../own.ts";
import { appendSoon } from "../append.ts";
import { type Desk, timeOrLast } from "../desk.ts";
import { writeWitness } from "../ending/witness.ts";
import { recordIncident } from "../incident.ts";
import { readRecord } from "../recorded-verdict.ts";
import { within } from "../within.ts";
import type { CancelAnswer, EffectToCancel } from "./canceller.ts";

type Due = readonly [decided: number, performed: Performed];

/** As many are asked about at once. */
const abreast = 16;

/** In the background, once at a time: nothing waits for a canceller. */
export function startCancelling(desk: Desk): void {
  if (desk.cancelling !== undefined || dueNow(desk).length === 0) return;
  const { head } = desk.log.state.end;
  desk.cancelling = cancelDue(desk)
    .catch(() => undefined)
    .then(() => {
      desk.cancelling = undefined;
      // What fell due meanwhile; where nothing can be written, the next turn tries again.
      if (desk.log.state.end.head.seq > head.seq) startCancelling(desk);
    });
}

/** Waits for the cancels that are under way. Never rejects. */
export async function finishCancels(desk: Desk): Promise<number> {
  startCancelling(desk);
  while (desk.cancelling !== undefined) await desk.cancelling;
  return pendingCancels(desk).length;
}

async function cancelDue(desk: Desk): Promise<void> {
  const { cancelAttempts, cancelPauseSeconds } = desk.options;
  for (let pass = 0; pass < cancelAttempts; pass++) {
    const due = dueNow(desk);
    for (let i = 0; i < due.length; i += abreast)
      await Promise.all(due.slice(i, i + abreast).map((each) => cancelOnce(desk, each)));
    if (dueNow(desk).length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, cancelPauseSeconds * 1000));
  }
}

/** External effects that are neither undone nor given up. */
function pendingCancels({ log: { state }, options: { evaluator } }: Desk): readonly Due[] {
  return cancelsDue(state.watched).filter(
    ([, { effect }]) => own(evaluator.envelope.effects, effect)?.external === true,
  );
}

function dueNow(desk: Desk): readonly Due[] {
  return isOver(desk) ? [] : pendingCancels(desk).filter(([, performed]) => isToBeAsked(performed));
}

/** After a kill nothing is done any more. */
function isOver({ log: { state }, options, killed }: Desk): boolean {
  if (options.canceller === undefined && options.authority === undefined) return true;
  return killed !== undefined || state.killed || state.phase === "closed";
}

/** What is under way is asked about once, and again when it is known how it ended. */
function isToBeAsked({ settled, cancels }: Performed): boolean {
  return settled !== undefined || cancels === 0;
}

async function cancelOnce(desk: Desk, [decided]: Due): Promise<void> {
  const performed = desk.log.state.watched.performed.get(decided);
  if (performed === undefined || isOver(desk) || !isToBeAsked(performed)) return;
  const asked = await ask(desk, decided, performed).catch((cause) => ({ problem: reasonOf(cause) }) as const);
  await desk.inTurn(async () => {
    await tell(desk, decided, performed, asked);
    await writeWitness(desk, "incident").catch(() => undefined);
  });
}

type Asked = { readonly answer: CancelAnswer } | { readonly problem: string };

/** @throws whatever the canceller throws */
async function ask(desk: Desk, decided: number, { settled, effect, cancels }: Performed): Promise<Asked> {
  const { canceller, cancelSeconds } = desk.options;
  if (canceller === undefined) return { problem: noCanceller };
  const request = await requestOf(desk, decided, settled);
  if (request === undefined) return { problem: "its records cannot be read" };
  const call = async () => canceller({ decided, effect, ...request, attempt: cancels + 1 });
  const answer: unknown = await within(cancelSeconds, call());
  if (answer === "confirmed") return { answer };
  // What is under way may still come to be.
  if (answer === "nothing_to_cancel") return settled === undefined ? { problem: "nothing to cancel yet" } : { answer };
  return { problem: "the canceller gave no answer that is one" };
}

const noCanceller = "no canceller is registered";

type Recorded = Pick<EffectToCancel, "tool" | "fields" | "results" | "outcome">;

async function requestOf(
  { options }: Desk,
  decided: number,
  settled: number | undefined,
): Promise<Recorded | undefined> {
  const read = (seq: number) => readRecord(options.store, options.session, seq);
  const [verdict, ending] = await Promise.all([read(decided), settled === undefined ? undefined : read(settled)]);
  if (verdict?.type !== "decided") return undefined;
  const [tool, fields] = [ownMember(verdict.body.request, "tool"), ownMember(verdict.body.request, "fields")];
  if (typeof tool !== "string" || typeof fields !== "object" || fields === null) return undefined;
  const judged = { tool, fields: fields as EffectToCancel["fields"] };
  if (settled === undefined) return { ...judged, results: {}, outcome: "unsettled" };
  if (ending?.type !== "settled" || ending.body.outcome === "not_executed") return undefined;
  return { ...judged, results: ending.body.results, outcome: ending.body.outcome };
}

const longest = 500;

/** The incident first: where a process ends between the two, the next one finds the cancel again. */
async function tell(desk: Desk, decided: number, { effect }: Performed, asked: Asked): Promise<void> {
  const { log, options } = desk;
  const attemptNow = () => (log.state.watched.performed.get(decided)?.cancels ?? 0) + 1;
  const isLast = options.canceller === undefined || attemptNow() >= options.cancelAttempts;
  const problem = "problem" in asked ? asked.problem.slice(0, longest).toWellFormed() : undefined;
  const nothing = "answer" in asked && asked.answer === "nothing_to_cancel" ? "nothing to cancel" : undefined;
  const message = problem ?? nothing;
  if (problem !== undefined && isLast && log.state.watched.performed.has(decided))
    await recordIncident(desk, "CANCEL_FAILED", `${effect} could not be cancelled: ${problem}`, true, decided);
  await appendSoon(log, options.attempts, () => ({
    type: "cancelled",
    at: timeOrLast(desk),
    body: {
      decided,
      attempt: attemptNow(),
      outcome: problem === undefined ? "confirmed" : isLast ? "failed" : "retry",
      ...(message === undefined ? {} : { message }),
    },
  }));
}
