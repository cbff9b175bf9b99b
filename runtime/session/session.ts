/** One activated envelope at work: proposals in, recorded verdicts and authority tokens out (SPEC §7, §8). */
import type { ApprovalGiven } from "../../schema/ledger.ts";
import type { Proposal } from "../decode/decode.ts";
import type { Evaluator } from "../evaluator.ts";
import { reasonOf } from "../fault.ts";
import { planFacts } from "../ledger/facts/facts.ts";
import { type LedgerFault, openLog } from "../ledger/log.ts";
import type { Entry, LedgerRecord, RecordType } from "../ledger/record.ts";
import type { SessionState } from "../ledger/state.ts";
import { nameProposal } from "../proposal-hash.ts";
import { type Appended, appendSoon } from "./append.ts";
import type { Caller } from "./decide-and-reserve.ts";
import { type Desk, timeOf, timeOrLast } from "./desk.ts";
import { inTurn } from "./in-turn.ts";
import { kill } from "./kill.ts";
import { type Ended, endOverdue } from "./overdue.ts";
import { ownProposal } from "./own-proposal.ts";
import { propose } from "./propose.ts";
import { readRecord } from "./recorded-verdict.ts";
import { redeem } from "./redeem.ts";
import { unrecorded } from "./refuse.ts";
import { askRemaining, type RemainingAnswer } from "./remaining/ask.ts";
import {
  defaultAttempts,
  defaultSettleSeconds,
  defaultSignSeconds,
  defaultTokenSeconds,
  type SessionOptions,
} from "./settings.ts";
import { type Settlement, settle } from "./settle.ts";
import type { SessionVerdict } from "./verdict.ts";

/** Its functions never throw, and no promise of theirs is rejected. */
export interface Session {
  readonly id: string;
  readonly evaluator: Evaluator;
  /** As of the last record seen. */
  readonly state: SessionState;
  /** Reads what others have appended. */
  refresh(): Promise<LedgerFault | undefined>;
  propose(proposal: Proposal, caller: Caller): Promise<SessionVerdict>;
  /**
   * Appends what the fold lets pass, after whatever others append meanwhile.
   *
   * @param entry made on the state and time of each attempt
   */
  record(entry: (now: number) => Later): Promise<Appended>;
  /**
   * Redeems a reservation, once, in a session that runs; what is overdue ends first.
   *
   * @param decided the number of the `decided` record
   */
  redeem(decided: number, jti: string): Promise<Appended>;
  /**
   * How the effect of a redeemed token ended. A report that cannot be recorded as it stands is charged in full, with an incident.
   *
   * @param decided the number of the `decided` record
   */
  settle(decided: number, jti: string, reported: Settlement): Promise<Appended>;
  /**
   * Returns what expired tokens have reserved, and charges in full what was redeemed and never settled; `propose` does so by itself.
   */
  endOverdue(): Promise<Ended>;
  /** What may still be done, on what the ledger says now: it appends nothing. */
  remaining(): Promise<RemainingAnswer>;
  /** The record of that number as the store has it; undefined where it is none. */
  read(seq: number): Promise<LedgerRecord | undefined>;
  /** The same under the time of the last record where the clock gives none: for what must never wait for a clock. */
  recordAnyway(entry: (at: number) => Later): Promise<Appended>;
  /** At once in this process, waiting for nothing that is under way; in others as soon as it is written. */
  kill(signal: string): Promise<Appended>;
  /** @param given verified: what `verifyApproval` answers */
  approve(given: ApprovalGiven): Promise<Appended>;
  /** @param seenAt epoch milliseconds, not in the future */
  evidence(name: string, seenAt: number): Promise<Appended>;
}

type Later = Entry<Exclude<RecordType, "activated" | "rejected">>;

export type OpenedSession =
  | { readonly ok: true; readonly session: Session }
  | { readonly ok: false; readonly fault: OpenFault };

export interface OpenFault {
  readonly code: LedgerFault["code"] | "ENVELOPE_MISMATCH" | "POLICY_CHANGED" | "UNSIGNED";
  readonly message: string;
}

/**
 * Reads the session's ledger and folds it. The evaluator must be of the very envelope and policy that were activated.
 *
 * @throws TypeError for settings that are none
 */
export async function openSession(given: SessionOptions): Promise<OpenedSession> {
  const {
    attempts = defaultAttempts,
    tokenSeconds = defaultTokenSeconds,
    settleSeconds = defaultSettleSeconds,
    signSeconds = defaultSignSeconds,
  } = given;
  requireWhole("attempts", attempts, 10_000);
  requireWhole("tokenSeconds", tokenSeconds, 3_600);
  requireWhole("settleSeconds", settleSeconds, 86_400);
  requireWhole("signSeconds", signSeconds, 3_600);
  const { store, session: id, evaluator } = given;
  const opened = await openLog(store, id).catch((cause) => ({ ok: false, fault: storeBroke(cause).fault }) as const);
  if (!opened.ok) return opened;
  const { log } = opened;
  const { end, policy } = log.state;
  if (end.envelope !== evaluator.envelopeDigest)
    return mismatch("ENVELOPE_MISMATCH", `the session is of ${end.envelope}, not of ${evaluator.envelopeDigest}`);
  if (policy !== null && policy !== evaluator.policyDigest)
    return mismatch("POLICY_CHANGED", `the session was activated under ${policy}, not under ${evaluator.policyDigest}`);
  // What nobody signed is judged and recorded, for trial: it gets no authority over anything.
  if (given.authority !== undefined && policy !== null && log.state.signatures === 0)
    return mismatch("UNSIGNED", "the session was activated without a signature: nothing can be executed in it");
  const desk: Desk = {
    options: { ...given, attempts, tokenSeconds, settleSeconds, signSeconds },
    log,
    facts: planFacts(evaluator.envelope),
    inTurn: inTurn(),
    now: () => timeOf(given.clock, log.state.end.at),
    contended: false,
    killed: undefined,
  };
  return { ok: true, session: sessionAt(desk) };
}

/** What has happened is written, whoever else writes: it is tried so many times as often as a decision is. */
const stubbornness = 16;

function sessionAt(desk: Desk): Session {
  const { log, inTurn, options } = desk;
  const record = (entry: (now: number) => Later): Promise<Appended> =>
    inTurn(() => appendNow(desk, entry)).catch(storeBroke);
  /** What must be written at any time is written under the time of the last record, if the clock tells none. */
  const recordAnyway = (entry: (at: number) => Later): Promise<Appended> =>
    inTurn(() => appendSoon(log, options.attempts * stubbornness, () => entry(timeOrLast(desk)))).catch(storeBroke);
  return {
    id: options.session,
    evaluator: options.evaluator,
    state: log.state,
    refresh: () => inTurn(() => log.refresh()).catch((cause) => storeBroke(cause).fault),
    propose(given, caller) {
      const proposal = ownProposal(given);
      const asked = ownCaller(caller);
      return inTurn(() => propose(desk, proposal, asked)).catch((cause) =>
        unrecorded(desk, nameProposal(proposal, options.evaluator.limits), {
          code: "STORE_UNAVAILABLE",
          message: reasonOf(cause),
        }),
      );
    },
    record,
    recordAnyway,
    redeem: (decided, jti) => inTurn(() => redeem(desk, decided, jti)).catch(storeBroke),
    settle: (decided, jti, reported) => inTurn(() => settle(desk, decided, jti, reported)).catch(storeBroke),
    endOverdue: () => inTurn(() => endOverdue(desk, timeOrLast(desk))).catch(storeBroke),
    remaining: () =>
      inTurn(() => askRemaining(desk)).catch((cause) => ({
        ok: false,
        fault: { code: "STORE_UNAVAILABLE", message: reasonOf(cause) },
      })),
    read: (seq) => readRecord(options.store, options.session, seq).catch(() => undefined),
    kill: (signal) => kill(desk, signal),
    approve: (body) => record((at) => ({ type: "approval", at, body })),
    evidence: (name, seenAt) => record((at) => ({ type: "evidence", at, body: { name, seenAt } })),
  };
}

/** Read once. What cannot be read is nobody, who says nothing. */
function ownCaller(caller: Caller): Caller {
  try {
    const { principal, justification } = caller;
    return { principal, justification };
  } catch {
    return { principal: undefined };
  }
}

async function appendNow(desk: Desk, entry: (now: number) => Later): Promise<Appended> {
  const time = desk.now();
  if (time.ok) return appendSoon(desk.log, desk.options.attempts, () => entry(timeOrLast(desk)));
  const problem = { code: "CLOCK_REGRESSION", seq: desk.log.state.end.head.seq + 1, message: time.message } as const;
  return { outcome: "refused", problem };
}

interface Broken {
  readonly outcome: "failed";
  readonly fault: LedgerFault;
}

/** A store that breaks its promise not to throw is a store that is not there. */
function storeBroke(cause: unknown): Broken {
  return { outcome: "failed", fault: { code: "STORE_UNAVAILABLE", message: reasonOf(cause), cause } };
}

function mismatch(code: OpenFault["code"], message: string): OpenedSession {
  return { ok: false, fault: { code, message } };
}

function requireWhole(name: string, value: number, most: number): void {
  if (!Number.isInteger(value) || value < 1 || value > most)
    throw new TypeError(`\`${name}\` must be a whole number from 1 to ${most}, not ${value}`);
}
