/** One session's ledger as a process holds it: the state at the end of the chain, and the way to the next record. */
import type { Charge } from "../../schema/ledger.ts";
import { checkSealed, parseRecord } from "./chain/parse.ts";
import { type Sealed, seal, sealFirst } from "./chain/seal.ts";
import { foldFirst, foldNext, nextProblem } from "./fold/fold.ts";
import type { PeopleInForce } from "./people-in-force.ts";
import type { RecordProblem } from "./problem.ts";
import { type Entry, type Head, type LedgerRecord, noHead, type RecordType } from "./record.ts";
import type { SessionState } from "./state.ts";
import { type Stop, stopOf } from "./stop.ts";
import { careful } from "./store/careful.ts";
import type { Store, StoreFault } from "./store/store.ts";
import { withSnapshot } from "./witness/snapshot.ts";

/** Why the state of a session is not known: whoever asks is denied. */
export interface LedgerFault extends StoreFault {
  /** Where the records that the store gave are not a sound ledger. */
  readonly problem?: RecordProblem;
}

export type LogResult =
  | { readonly outcome: "appended"; readonly record: LedgerRecord }
  /** The record must not stand here; nothing was written. */
  | { readonly outcome: "refused"; readonly problem: RecordProblem }
  /** Another writer was first, or the end is gone: `refresh`, look at the state again, decide again. */
  | { readonly outcome: "lost" }
  | { readonly outcome: "failed"; readonly fault: LedgerFault };

/** Never throws. */
export interface SessionLog {
  /** As of the last record seen; only the log changes it. */
  readonly state: SessionState;
  /** Reads what others have appended. A fault leaves the state at the last sound record. */
  refresh(): Promise<LedgerFault | undefined>;
  /**
   * @param on the head that the entry was made on, where that took a while: on any other one it is lost
   */
  append(entry: Entry<Exclude<RecordType, "activated" | "rejected">>, on?: Head): Promise<LogResult>;
  /** Reads the whole chain again, up to the last record seen: whether the store still has it, to the byte. */
  verify(): Promise<LedgerFault | undefined>;
}

export type OpenResult =
  | { readonly ok: true; readonly log: SessionLog }
  | { readonly ok: false; readonly fault: LedgerFault };

export type BeginResult =
  | { readonly outcome: "begun"; readonly log: SessionLog }
  | { readonly outcome: "refused"; readonly problem: RecordProblem }
  /** The envelope's id has been activated before. */
  | { readonly outcome: "claimed" }
  | { readonly outcome: "failed"; readonly fault: LedgerFault };

/** What a log tells whoever holds it; nothing that it calls may throw. */
export interface LogWatch {
  /** A record has been taken in, at opening or later, one's own or another's: in order, each once. */
  readonly taken?: (record: LedgerRecord, before: Stand) => void;
  /** The records that the store gives are not a sound ledger, or not the one that they were. Said once. */
  readonly broken?: (fault: LedgerFault, state: SessionState) => void;
}

/** Where the session stood before a record. */
export interface Stand extends Stop {
  /** Those that the ledger says are in force. */
  readonly people: PeopleInForce | undefined;
  /** What was reserved for the call that the record settles, by bound; undefined for every other record. */
  readonly reserved: ReadonlyMap<string, Charge> | undefined;
}

/** Few, so that a page of the longest records fits into memory. */
const pageLength = 50;

/**
 * Verifies and folds every record of a session. A session without records is a fault. Once its ledger has been found broken, a log
 * answers with that fault for good: a store that has healed is only believed by who reads it from its first record on. Never throws.
 */
export async function openLog(given: Store, session: string, watch: LogWatch = {}): Promise<OpenResult> {
  const store = careful(given);
  const page = await store.read(session, 1, 1);
  if (!page.ok) return { ok: false, fault: page.fault };
  const [text] = page.texts;
  if (text === undefined) return { ok: false, fault: unsound("the store has no such session") };
  const parsed = parseRecord(text, 1);
  if (!parsed.ok) return { ok: false, fault: broken(parsed.problem) };
  const first = foldFirst(parsed.record, session);
  if (!first.ok) return { ok: false, fault: broken(first.problem) };
  const log = logAt(store, first.state, text, watch);
  watch.taken?.(parsed.record, standOf(first.state, parsed.record));
  const fault = await log.refresh();
  return fault === undefined ? { ok: true, log } : { ok: false, fault };
}

/**
 * Writes the first record. An activation claims the envelope's id, so that it is the only one in the store. Never throws.
 *
 * @param more what it claims besides
 */
export async function beginLog(
  given: Store,
  entry: Entry<"activated" | "rejected">,
  envelope: string,
  more: readonly string[] = [],
): Promise<BeginResult> {
  const store = careful(given);
  const sealed = sealChecked(entry, () => sealFirst(entry, envelope));
  if (!sealed.ok) return { outcome: "refused", problem: sealed.problem };
  const { record, text } = sealed;
  const first = foldFirst(record, record.session);
  if (!first.ok) return { outcome: "refused", problem: first.problem };
  const claim = entry.type === "activated" ? [entry.body.id, ...more] : undefined;
  const result = await store.append(record.session, noHead, { seq: 1, hash: record.hash, text }, claim);
  if (result.outcome === "failed") return result;
  // Whoever was first with the very same record has activated the very same envelope.
  if (result.outcome !== "appended") return { outcome: "claimed" };
  return { outcome: "begun", log: logAt(store, first.state, text, {}) };
}

function logAt(store: Store, state: SessionState, firstText: string, watch: LogWatch): SessionLog {
  let lastText = firstText;
  let brokenBy: LedgerFault | undefined;
  const { session, envelope } = state.end;
  /** In order and at once: whatever happened while the store was asked, a record is taken in once. */
  const take = (record: LedgerRecord, text: string): RecordProblem | undefined => {
    if (record.seq <= state.end.head.seq) return undefined;
    const before = standOf(state, record);
    const problem = foldNext(state, record);
    if (problem !== undefined) return problem;
    lastText = text;
    watch.taken?.(record, before);
    return undefined;
  };
  const broke = (problem: RecordProblem): LedgerFault => {
    if (brokenBy !== undefined) return brokenBy;
    brokenBy = broken(problem);
    watch.broken?.(brokenBy, state);
    return brokenBy;
  };
  /** A wire that garbles one answer breaks no ledger: the store must say the same twice. */
  const confirmed = async (from: number, texts: readonly string[], i: number, problem: RecordProblem) => {
    const again = await store.read(session, from, pageLength);
    if (!again.ok) return again.fault;
    return again.texts[i] === texts[i] ? broke(problem) : unsound("the store gave two answers to one question");
  };
  return {
    state,
    async refresh() {
      for (;;) {
        if (brokenBy !== undefined) return brokenBy;
        const from = state.end.head.seq;
        const known = lastText;
        // The last record is read again: a ledger that was rolled back or rewritten does not have it any more.
        const page = await store.read(session, from, pageLength);
        if (!page.ok) return page.fault;
        const [last, ...texts] = page.texts;
        if (last !== known) return confirmed(from, page.texts, 0, lost(from));
        for (const [i, text] of texts.entries()) {
          const parsed = parseRecord(text, from + 1 + i);
          const problem = parsed.ok
            ? (misplaced(parsed.record, from + 1 + i) ?? take(parsed.record, text))
            : parsed.problem;
          if (problem !== undefined) return confirmed(from, page.texts, i + 1, problem);
        }
        if (page.texts.length < pageLength) return undefined;
      }
    },
    async append(given, on) {
      if (brokenBy !== undefined) return { outcome: "failed", fault: brokenBy };
      const { head } = state.end;
      if (on !== undefined && on.hash !== head.hash) return { outcome: "lost" };
      const entry = withSnapshot(given, state);
      const sealed = sealChecked(entry, () => seal(entry, head, { session, envelope }), head.seq + 1);
      if (!sealed.ok) return { outcome: "refused", problem: sealed.problem };
      const { record, text } = sealed;
      const problem = nextProblem(state, record);
      if (problem !== undefined) return { outcome: "refused", problem };
      const result = await store.append(
        session,
        { ...head, text: lastText },
        { seq: record.seq, hash: record.hash, text },
      );
      if (result.outcome === "failed") return result;
      if (result.outcome !== "appended") return { outcome: "lost" };
      const late = take(record, text);
      return late === undefined ? { outcome: "appended", record } : { outcome: "failed", fault: broke(late) };
    },
    async verify() {
      if (brokenBy !== undefined) return brokenBy;
      const { seq: last } = state.end.head;
      const known = lastText;
      let prev = noHead.hash;
      for (let from = 1; from <= last; from += pageLength) {
        const page = await store.read(session, from, Math.min(pageLength, last - from + 1));
        if (!page.ok) return page.fault;
        for (let seq = from; seq < from + pageLength && seq <= last; seq++) {
          const text = page.texts[seq - from];
          const parsed = text === undefined ? undefined : parseRecord(text, seq);
          if (parsed?.ok === false) return confirmed(from, page.texts, seq - from, parsed.problem);
          // Each hash says what stood before it: the chain that ends in the known text is the known chain.
          const isKnown = parsed?.record.prev === prev && parsed.record.seq === seq;
          if (!isKnown || (seq === last && text !== known)) return confirmed(from, page.texts, seq - from, lost(seq));
          prev = parsed.record.hash;
        }
      }
      return undefined;
    },
  };
}

function standOf(state: SessionState, { type, body }: LedgerRecord): Stand {
  const reserved = type === "settled" ? state.reservations.get(body.decided)?.charges : undefined;
  return { ...stopOf(state), people: state.people, reserved };
}

type Checked = ({ readonly ok: true } & Sealed) | { readonly ok: false; readonly problem: RecordProblem };

/** A body that is none of its type is refused, and one without a canonical form. */
function sealChecked(entry: Entry, make: () => Sealed, seq = 1): Checked {
  try {
    const sealed = make();
    const checked = checkSealed(sealed, seq);
    return checked.ok ? { ok: true, ...sealed } : checked;
  } catch {
    const message = `the body of ${entry.type} has no canonical form`;
    return { ok: false, problem: { code: "RECORD_MALFORMED", seq, message } };
  }
}

function misplaced(record: LedgerRecord, seq: number): RecordProblem | undefined {
  if (record.seq === seq) return undefined;
  return { code: "CHAIN_BROKEN", seq, message: `record ${seq} has the number ${record.seq}` };
}

function lost(seq: number): RecordProblem {
  return { code: "CHAIN_BROKEN", seq, message: `it has lost record ${seq}, which was cut off or rewritten` };
}

function broken(problem: RecordProblem): LedgerFault {
  return { ...unsound(`the ledger is broken: ${problem.message}`), problem };
}

function unsound(message: string): LedgerFault {
  return { code: "STORE_UNAVAILABLE", message };
}
