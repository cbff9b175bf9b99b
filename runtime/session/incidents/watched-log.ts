/**
 * A session's log that looks at what it takes in: incidents are told to the host, and steps that lack their two keys are incidents
 * themselves. Until such a one is recorded, nothing but a kill is appended and nothing is known to be allowed (SPEC §10).
 */
import type { Envelope } from "../../../schema/envelope.ts";
import { type LedgerFault, type LogResult, openLog, type SessionLog } from "../../ledger/log.ts";
import type { LedgerRecord } from "../../ledger/record.ts";
import type { SessionState } from "../../ledger/state.ts";
import type { Store } from "../../ledger/store/store.ts";
import type { People } from "../../people/registry.ts";
import { Escalations, escalationCode } from "./escalations.ts";
import { type OnIncident, type Tell, teller } from "./told.ts";

export interface Watching {
  readonly store: Store;
  readonly session: string;
  /** That of the evaluator: what an activation needs, it says. */
  readonly envelope: Envelope;
  readonly people: () => People | undefined;
  readonly onIncident: OnIncident | undefined;
  /** How often an incident is tried to be appended after others were first. */
  readonly attempts: number;
  /** Under which an incident is recorded: epoch milliseconds, never before the last record. */
  readonly now: (state: SessionState) => number;
  /** Hears every record that is taken in. */
  readonly taken: (record: LedgerRecord) => void;
}

export type WatchedLog =
  | {
      readonly ok: true;
      readonly log: SessionLog;
      readonly tell: Tell;
      readonly examine: () => Promise<LedgerFault | undefined>;
    }
  | { readonly ok: false; readonly fault: LedgerFault };

/** Never throws. */
export async function openWatched(watching: Watching): Promise<WatchedLog> {
  const { store, session, envelope, people, attempts, now } = watching;
  const tell = teller(watching.onIncident);
  const escalations = new Escalations(envelope, people);
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
      escalations.take(record, before);
      if (isOpen && record.type === "incident") tell(toldOf(record));
    },
    broken: (fault, state) => tellBroken(fault, state.end.head),
  });
  if (!opened.ok) {
    tellBroken(opened.fault, { seq: 0, hash: "0".repeat(64) });
    return opened;
  }
  isOpen = true;
  const { log } = opened;
  /** In a session that has ended, nothing is allowed and nothing recorded. */
  const areOpen = () => escalations.areOpen && log.state.phase !== "closed" && log.state.phase !== "rejected";
  /** Records what escalates and is not recorded as an incident yet. A fault where that cannot be done. */
  const examine = async (): Promise<LedgerFault | undefined> => {
    for (let attempt = 0; areOpen() && attempt < attempts; attempt++) {
      const found = await escalations.first();
      if (found === undefined) continue;
      const body = { code: escalationCode, message: found.message, freezes: true, about: found.seq };
      const result = await log.append({ type: "incident", at: now(log.state), body });
      const fault = result.outcome === "lost" ? await log.refresh() : faultOf(result);
      if (fault !== undefined) return fault;
    }
    return areOpen() ? { code: "STORE_UNAVAILABLE", message: "an incident could not be recorded yet" } : undefined;
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
  return { ok: true, log: watched, tell, examine };
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
