/** The postconditions of an envelope, each checked and recorded once at the end of its session (SPEC §10). */
import type { PostconditionChecked } from "../../../schema/ledger.ts";
import type { LedgerFault } from "../../ledger/log.ts";
import { stateDocument } from "../../ledger/witness/state-document.ts";
import { type Appended, appendSoon } from "../append.ts";
import { clockOrLast, type Desk } from "../desk.ts";
import { defaultVerifySeconds, stubbornness } from "../settings.ts";
import { History } from "./history.ts";
import { type VerifierContext, verify } from "./verifiers.ts";

export type Checked = { readonly outcome: "checked" } | Exclude<Appended, { readonly outcome: "appended" }>;

/** In their order. The verifiers run outside of the session's turns, so that a slow one holds up nothing else. */
export async function checkPostconditions(desk: Desk): Promise<Checked> {
  const { log, options, inTurn } = desk;
  const { verifiers = {}, verifySeconds = defaultVerifySeconds } = options;
  const { postconditions = [] } = options.evaluator.envelope;
  const open = () => postconditions.filter(({ id }) => !log.state.ending.checks.has(id));
  if (open().length === 0) return { outcome: "checked" };
  const told = await contextOf(desk);
  if (!told.ok) return { outcome: "failed", fault: told.fault };
  for (const { id, check, critical } of open()) {
    const { isMade, holds, message } = await verify(check, verifiers, told.context, verifySeconds);
    // A check that could not be made is a critical one, whatever the envelope thinks of it.
    const body = { id, holds, critical: critical || !isMade, ...(message === undefined ? {} : { message }) };
    const appended = await inTurn(() => record(desk, body));
    if (appended.outcome === "appended") continue;
    // Another process was quicker with it.
    if (appended.outcome === "failed" || !log.state.ending.checks.has(id)) return appended;
  }
  return { outcome: "checked" };
}

type Told =
  | { readonly ok: true; readonly context: VerifierContext }
  | { readonly ok: false; readonly fault: LedgerFault };

async function contextOf({ log, options }: Desk): Promise<Told> {
  const { store, session, evaluator } = options;
  const { state } = log;
  const history = new History(store, session);
  const fault = await history.readUpTo(state.end.head);
  if (fault !== undefined) return { ok: false, fault };
  const { envelope } = evaluator;
  return { ok: true, context: { session, envelope, state: stateDocument(state), effects: history.effects } };
}

function record(desk: Desk, body: PostconditionChecked): Promise<Appended> {
  const { log, options } = desk;
  return appendSoon(log, options.attempts * stubbornness, () => ({
    type: "postcondition",
    at: clockOrLast(desk),
    body,
  }));
}
