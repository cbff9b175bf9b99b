/** One activated envelope at work: proposals in, recorded verdicts and authority tokens out (SPEC §7, §8). */
import type { Proposal } from "../decode/decode.ts";
import type { Evaluator } from "../evaluator.ts";
import { planFacts } from "../ledger/facts/facts.ts";
import type { LedgerFault } from "../ledger/log.ts";
import type { Entry, LedgerRecord, RecordType } from "../ledger/record.ts";
import type { SessionState } from "../ledger/state.ts";
import { careful } from "../ledger/store/careful.ts";
import type { OrderGiven } from "../people/order.ts";
import type { People } from "../people/registry.ts";
import type { GivenLine } from "../reconcile/reconcile.ts";
import type { Appended } from "./append.ts";
import { startCancelling } from "./breakers/cancel.ts";
import { cancelSettings } from "./breakers/cancel-settings.ts";
import type { Caller } from "./decide-and-reserve.ts";
import { type Desk, timeOf } from "./desk.ts";
import type { CloseOrder, Closing } from "./ending/close.ts";
import type { DueClosing } from "./ending/due.ts";
import { requireVerifiers } from "./ending/verifiers.ts";
import { writeWitness } from "./ending/witness.ts";
import { endOf, horizonOf } from "./envelope-end.ts";
import type { Fed } from "./feed/feed.ts";
import type { Approved } from "./holds/approve.ts";
import type { HoldsAnswer } from "./holds/ask.ts";
import type { PeopleUsed } from "./holds/people.ts";
import { inTurn } from "./in-turn.ts";
import type { SessionReconciled } from "./incidents/reconcile.ts";
import { recordEarlier } from "./incidents/unrecorded.ts";
import { openWatched } from "./incidents/watched-log.ts";
import { killedReason } from "./kill/kill.ts";
import type { Watcher } from "./kill/watch.ts";
import type { Ended } from "./overdue.ts";
import type { RemainingAnswer } from "./remaining/ask.ts";
import { requireShapes, requireWhole } from "./require.ts";
import type { Resumption } from "./resume/resume.ts";
import { sessionAt } from "./session-at.ts";
import {
  defaultAttempts,
  defaultHoldSeconds,
  defaultSettleSeconds,
  defaultSignSeconds,
  defaultTokenSeconds,
  defaultVerifySeconds,
  type SessionOptions,
} from "./settings.ts";
import type { Settlement } from "./settle.ts";
import { storeBroke } from "./store-broke.ts";
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
  /** Holds the executor's own log against the ledger. What differs is recorded as an incident, once, and freezes. */
  reconcile(lines: AsyncIterable<GivenLine> | Iterable<GivenLine>): Promise<SessionReconciled>;
  /** Whether the store still has every record that was read, to the byte. Where it has not, nothing is allowed until it is opened again. */
  verify(): Promise<LedgerFault | undefined>;
  /** The same under the time of the last record where the clock gives none: for what must never wait for a clock. */
  recordAnyway(entry: (at: number) => Later): Promise<Appended>;
  /**
   * At once in this process, waiting for nothing that is under way; in others as soon as it is written.
   *
   * @param order a person's, verified: what `verifyOrder` answers
   */
  kill(signal: string, order?: Pick<OrderGiven, "text">): Promise<Appended>;
  /**
   * Ends the session: its witness stops it, its postconditions are checked, its outcome is written. What another process has begun,
   * this one finishes; in a session that is closed, it answers as what.
   *
   * @param order a person's, verified: what `verifyOrder` answers; without it, it is the host that closes
   */
  close(order?: CloseOrder): Promise<Closing>;
  /** The same where the session is at its end: of the envelope, of its duration, killed, or halted for good. */
  endIfDue(): Promise<DueClosing>;
  /** Looks for the kill's signal, and at what has been read of the ledger; it waits for nothing. */
  isKilled(): boolean;
  /** Fires at the kill, as soon as it is known here. */
  readonly killed: AbortSignal;
  /**
   * So that others' kills are known at once, and not only at the next decision.
   *
   * @returns what ends the watch; undefined where the watcher throws, so that nothing is watched
   */
  watch(watcher: Watcher): (() => void) | undefined;
  /** What waits for people, with all that they need to judge it: it appends nothing. */
  holds(): Promise<HoldsAnswer>;
  /**
   * Verifies and records a person's word on one bound of one proposal; the same proposal is then decided again when it comes again.
   *
   * @param text the signed approval, as `signApproval` makes it
   * @param people those that the ledger names where they are not given
   */
  approve(text: string, people?: People): Promise<Approved>;
  /**
   * Another registry of people, in force from now on: approvals by keys that it has revoked count no more.
   *
   * @param people verified: what `readPeople` answers
   */
  usePeople(people: People): Promise<PeopleUsed>;
  /** @param seenAt epoch milliseconds, not in the future */
  evidence(name: string, seenAt: number): Promise<Appended>;
  /** @param report a compact JWS of one of the session's feeds, as `signFeed` makes it */
  feed(report: string): Promise<Fed>;
  /** Waits until no cancel is under way, and tells how many effects remain to be cancelled. */
  finishCancels(): Promise<number>;
  /**
   * People let the session go on; an agent never does. What is refused is recorded.
   *
   * @param approvals signed approvals of `resume`, of this session
   * @param reason needed after a freeze
   * @param by who asks, as the host has authenticated him; nobody in particular where it is left out
   */
  resume(approvals: readonly string[], people: People, reason?: string, by?: Caller): Promise<Resumption>;
}

export type Later = Entry<Exclude<RecordType, "activated" | "rejected">>;

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
  requireShapes(given);
  requireWhole("attempts", attempts, 10_000);
  requireWhole("tokenSeconds", tokenSeconds, 3_600);
  requireWhole("settleSeconds", settleSeconds, 86_400);
  requireWhole("signSeconds", signSeconds, 3_600);
  requireWhole("verifySeconds", given.verifySeconds ?? defaultVerifySeconds, 3_600);
  requireVerifiers(given.verifiers ?? {});
  requireWhole("holdSeconds", given.holdSeconds ?? defaultHoldSeconds, 604_800);
  const { store, session: id, evaluator } = given;
  const stop = new AbortController();
  const taken = ({ type }: LedgerRecord) => type === "killed" && stop.abort(killedReason());
  const vouched: Desk["vouched"] = { people: given.people };
  let now: Desk["now"] = () => ({ ok: false, message: "the session is not open yet" });
  const opened = await openWatched({
    store,
    session: id,
    envelope: evaluator.envelope,
    people: () => vouched.people,
    executors: given.executors,
    onIncident: given.onIncident,
    attempts,
    now: ({ end }) => {
      const time = now();
      return time.ok && !time.isBeyond ? time.now : end.at;
    },
    taken,
  }).catch((cause) => ({ ok: false, fault: storeBroke(cause).fault }) as const);
  if (!opened.ok) return opened;
  const { log, incidents } = opened;
  const { end, policy } = log.state;
  if (end.envelope !== evaluator.envelopeDigest)
    return mismatch("ENVELOPE_MISMATCH", `the session is of ${end.envelope}, not of ${evaluator.envelopeDigest}`);
  if (policy !== null && policy !== evaluator.policyDigest)
    return mismatch("POLICY_CHANGED", `the session was activated under ${policy}, not under ${evaluator.policyDigest}`);
  // What nobody signed is judged and recorded, for trial: it gets no authority over anything.
  if (given.authority !== undefined && policy !== null && log.state.signatures === 0)
    return mismatch("UNSIGNED", "the session was activated without a signature: nothing can be executed in it");
  const settled = {
    ...given,
    store: careful(store),
    attempts,
    tokenSeconds,
    settleSeconds,
    signSeconds,
    ...cancelSettings(given),
  };
  const sessionEnd = endOf({ log, options: settled });
  const horizon = horizonOf({ end: sessionEnd, options: settled });
  const desk: Desk = {
    options: settled,
    log,
    facts: planFacts(evaluator.envelope),
    inTurn: inTurn(),
    now: () => timeOf(given.clock, log.state.end.at, horizon),
    end: sessionEnd,
    contended: false,
    killed: undefined,
    closing: undefined,
    stop,
    cancelling: undefined,
    incidents,
    vouched,
  };
  now = desk.now;
  // What cannot be recorded now denies everything until it is.
  await incidents.examine();
  const fault = await recordEarlier(desk, given.unrecorded ?? []);
  if (fault !== undefined) return { ok: false, fault };
  await writeWitness(desk, "incident").catch(() => undefined);
  startCancelling(desk);
  return { ok: true, session: sessionAt(desk) };
}

function mismatch(code: OpenFault["code"], message: string): OpenedSession {
  return { ok: false, fault: { code, message } };
}
