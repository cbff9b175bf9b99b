/** What a session does for its callers: each work in its turn, and none that throws. */
import { reasonOf } from "../fault.ts";
import type { RecordType } from "../ledger/record.ts";
import { membersOf } from "../own.ts";
import { nameProposal } from "../proposal-hash.ts";
import { type Appended, appendSoon } from "./append.ts";
import { finishCancels } from "./breakers/cancel.ts";
import { watchedTurns } from "./breakers/halt.ts";
import type { Caller } from "./decide-and-reserve.ts";
import { clockOrLast, type Desk, timeOrLast } from "./desk.ts";
import { close } from "./ending/close.ts";
import { endIfDue } from "./ending/due.ts";
import { takeFeed } from "./feed/feed.ts";
import { approve } from "./holds/approve.ts";
import { askHolds } from "./holds/ask.ts";
import { usePeople } from "./holds/people.ts";
import { reconcileSession } from "./incidents/reconcile.ts";
import { isKilled, kill } from "./kill/kill.ts";
import { watch } from "./kill/watch.ts";
import { endOverdue } from "./overdue.ts";
import { ownOrderText } from "./own-order.ts";
import { ownProposal } from "./own-proposal.ts";
import { propose } from "./propose.ts";
import { readAgain } from "./recorded-verdict.ts";
import { redeem } from "./redeem.ts";
import { unrecorded } from "./refuse.ts";
import { askRemaining } from "./remaining/ask.ts";
import { resume } from "./resume/resume.ts";
import type { Later, Session } from "./session.ts";
import { stubbornness } from "./settings.ts";
import { settle } from "./settle.ts";
import { storeBroke } from "./store-broke.ts";

export function sessionAt(desk: Desk): Session {
  const { log, options } = desk;
  const inTurn = watchedTurns(desk);
  const record = (entry: (now: number) => Later): Promise<Appended> =>
    inTurn(() => appendNow(desk, entry)).catch(storeBroke);
  /** What must be written at any time is written under the time of the last record, if the clock tells none. */
  const recordAnyway = (entry: (at: number) => Later): Promise<Appended> =>
    inTurn(() => appendSoon(log, options.attempts * stubbornness, () => entry(timeOrLast(desk)))).catch(storeBroke);
  return {
    id: options.session,
    evaluator: options.evaluator,
    state: log.state,
    refresh: () => desk.inTurn(() => log.refresh()).catch((cause) => storeBroke(cause).fault),
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
    endOverdue: () => inTurn(() => endOverdue(desk, clockOrLast(desk))).catch(storeBroke),
    remaining: () =>
      desk
        .inTurn(() => askRemaining(desk))
        .catch((cause) => ({
          ok: false,
          fault: { code: "STORE_UNAVAILABLE", message: reasonOf(cause) },
        })),
    read: (seq) => readAgain(desk, seq).catch(() => undefined),
    reconcile: (lines) =>
      reconcileSession(desk, lines).catch((cause) => ({ ok: false, fault: storeBroke(cause).fault })),
    verify: () => desk.inTurn(() => log.verify()).catch((cause) => storeBroke(cause).fault),
    // What is no order must not close as if nobody had given one.
    close: (order) =>
      close(desk, order === undefined ? undefined : { text: ownOrderText(order) ?? "" }).catch(storeBroke),
    endIfDue: () => endIfDue(desk).catch(storeBroke),
    kill: (signal, order) => kill(desk, signal, order),
    isKilled: () => isKilled(desk),
    killed: desk.stop.signal,
    watch: (watcher) => watch(desk, watcher),
    holds: () =>
      desk
        .inTurn(() => askHolds(desk))
        .catch((cause) => ({
          ok: false,
          fault: { code: "STORE_UNAVAILABLE", message: reasonOf(cause) },
        })),
    approve: (text, given) => inTurn(() => approve(desk, text, given)).catch(storeBroke),
    usePeople: (given) => inTurn(() => usePeople(desk, given)).catch(storeBroke),
    evidence: (name, seenAt) => record((at) => ({ type: "evidence", at, body: { name, seenAt } })),
    feed: (report) => inTurn(() => takeFeed(desk, report)).catch(storeBroke),
    finishCancels: () => finishCancels(desk),
    resume: (approvals, people, reason, by) =>
      inTurn(() => resume(desk, approvals, people, reason, by === undefined ? undefined : ownCaller(by))).catch(
        storeBroke,
      ),
  };
}

/** Read once. What cannot be read is nobody, who says nothing. */
function ownCaller(caller: Caller): Caller {
  try {
    const { principal, justification } = membersOf(caller, "principal", "justification");
    return { principal, justification };
  } catch {
    return { principal: undefined };
  }
}

async function appendNow(desk: Desk, entry: (now: number) => Later): Promise<Appended> {
  const time = desk.now();
  if (!time.ok) return refused(desk, time.message);
  if (time.isBeyond && !people.includes(entry(time.now).type))
    return refused(desk, `${time.now} is long after the end of the envelope: only what people say is recorded then`);
  return appendSoon(desk.log, desk.options.attempts, () => entry(clockOrLast(desk)));
}

/** What people say, and how a session is closed: they may come long after its end, and with their own times. */
const people: readonly RecordType[] = ["approval", "people", "resumed", "killed", "postcondition", "witness", "closed"];

function refused({ log }: Desk, message: string): Appended {
  return { outcome: "refused", problem: { code: "CLOCK_REGRESSION", seq: log.state.end.head.seq + 1, message } };
}
