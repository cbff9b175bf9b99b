/**
 * A session's log that looks at what it takes in: incidents are told to the host, and steps that lack their two keys are incidents
 * themselves, as are words that nobody has signed, and verdicts on which the engines disagreed. Until such a one is recorded, or one that the store did not take when it
 * was found, nothing but a kill is appended and nothing is known to be allowed (SPEC §10).
 */
import type { Envelope } from "../../../schema/envelope.ts";
import type { KeyRing } from "../../authority/key-ring.ts";
import { type LedgerFault, type LogResult, openLog, type SessionLog } from "../../ledger/log.ts";
import type { LedgerRecord } from "../../ledger/record.ts";
import type { SessionState } from "../../ledger/state.ts";
import type { Store } from "../../ledger/store/store.ts";
import type { People } from "../../people/registry.ts";
import { Disagreements } from "./disagreements.ts";
import { Escalations } from "./escalations.ts";
import { nameOf, type OwedIncident, type Owing, Unwritten } from "./owed.ts";
import { type OnIncident, type Tell, teller } from "./told.ts";
import { Unsigned } from "./unsigned.ts";

export interface Watching {
  readonly store: Store;
  readonly session: string;
  /** That of the evaluator: what an activation needs, it says. */
  readonly envelope: Envelope;
  readonly people: () => People | undefined;
  readonly executors: KeyRing | undefined;
  readonly onIncident: OnIncident | undefined;
  /** How often an incident is tried to be appended after others were first. */
  readonly attempts: number;
  /** Under which an incident is recorded: epoch milliseconds, never before the last record. */
  readonly now: (state: SessionState) => number;
  /** Hears every record that is taken in. */
  readonly taken: (record: LedgerRecord) => void;
}

export interface Incidents {
  /** Tells the host. */
  readonly tell: Tell;
  /** Tells the host of one that the store did not take, and denies everything until it has. */
  readonly owe: (incident: OwedIncident) => void;
  /** Records those that are owed. A fault where that cannot be done. */
  readonly examine: () => Promise<LedgerFault | undefined>;
}

export type WatchedLog =
  | { readonly ok: true; readonly log: SessionLog; readonly incidents: Incidents }
  | { readonly ok: false; readonly fault: LedgerFault };

/** Never throws. */
export async function openWatched(watching: Watching): Promise<WatchedLog> {
  const { store, session, envelope, people, executors, attempts, now } = watching;
  const tell = teller(watching.onIncident);
  const unwritten = new Unwritten();
  let state: SessionState | undefined;
  const unsigned = new Unsigned({ people, executors, state: () => state });
  const sources: readonly Owing[] = [unwritten, new Escalations(envelope, people), unsigned, new Disagreements()];
  const toldUnwritten = new Set<string>();
  let isOpen = false;
  let isToldBroken = false;
  const tellBroken = ({ message, problem }: LedgerFault, head: SessionState["end"]["head"]): void => {
    if (problem === undefined || isToldBroken) return;
    isToldBroken = true;
    tell({ session, code: "CHAIN_BROKEN", message, freezes: true, seq: null, about: problem.seq, head });
  };
  const opened = await openLog(store, session, {
    taken(record, before) {
      watching.taken(record);
      for (const source of sources) source.take(record, before);
      if (record.type !== "incident") return;
      toldUnwritten.delete(nameOf(record.body));
      if (isOpen) tell(toldOf(record));
    },
    broken: (fault, state) => tellBroken(fault, state.end.head),
  });
  if (!opened.ok) {
    tellBroken(opened.fault, { seq: 0, hash: "0".repeat(64) });
    return opened;
  }
  isOpen = true;
  const { log } = opened;
  state = log.state;
  /** In a session that has ended, nothing is allowed and nothing recorded. */
  const areOpen = () =>
    sources.some((source) => source.areOpen) && log.state.phase !== "closed" && log.state.phase !== "rejected";
  const tellUnwritten = (incident: OwedIncident): void => {
    const name = nameOf(incident);
    if (!toldUnwritten.has(name)) tell({ session, ...incident, seq: null, head: log.state.end.head });
    toldUnwritten.add(name);
  };
  const examine = async (): Promise<LedgerFault | undefined> => {
    for (let attempt = 0; areOpen() && attempt < attempts; attempt++) {
      const found = await sources.find((source) => source.areOpen)?.first();
      if (found === undefined) continue;
      const result = await log.append({ type: "incident", at: now(log.state), body: found });
      const fault = result.outcome === "lost" ? await log.refresh() : faultOf(result);
      if (fault === undefined) continue;
      tellUnwritten(found);
      return fault;
    }
    return areOpen() ? { code: "STORE_UNAVAILABLE", message: "an incident could not be recorded yet" } : undefined;
  };
  const owe = (incident: OwedIncident): void => {
    tellUnwritten(incident);
    unwritten.owe(incident);
  };
  const watched: SessionLog = {
    state: log.state,
    verify: () => log.verify(),
    refresh: async () => (await log.refresh()) ?? (await examine()),
    async append(entry, on) {
      if (areOpen() && entry.type !== "killed") return { outcome: "lost" };
      const result = await log.append(entry, on);
      if (result.outcome === "appended" && areOpen()) await examine();
      return result;
    },
  };
  return { ok: true, log: watched, incidents: { tell, owe, examine } };
}

/** A session that has ended takes no incident, and allows nothing either. */
function faultOf(result: LogResult): LedgerFault | undefined {
  if (result.outcome === "failed") return result.fault;
  if (result.outcome !== "refused") return undefined;
  return { code: "STORE_UNAVAILABLE", message: `an incident could not be recorded: ${result.problem.message}` };
}

function toldOf({ session, seq, prev, body }: LedgerRecord<"incident">) {
  const { code, message, freezes, about } = body;
  const head = { seq: seq - 1, hash: prev };
  return { session, code, message, freezes, seq, head, ...(about === undefined ? {} : { about }) };
}
