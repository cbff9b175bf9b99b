/** A session as someone sees it who never writes: every record verified and folded as it comes, and its money added up apart. */
import { setTimeout as delay } from "node:timers/promises";
import { openLog, type SessionLog } from "../../runtime/ledger/log.ts";
import type { Store } from "../../runtime/ledger/store/store.ts";
import { Accounts } from "../races/accounts.ts";
import { budget } from "../races/bills.ts";

const pageLength = 1_000;
/** A connection to a server that was killed fails once. */
const tries = 10;

export class LedgerWatch {
  readonly accounts = new Accounts();
  readonly #store: Store;
  readonly #session: string;
  readonly #log: SessionLog;

  private constructor(store: Store, session: string, log: SessionLog) {
    this.#store = store;
    this.#session = session;
    this.#log = log;
  }

  static async open(store: Store, session: string): Promise<LedgerWatch> {
    return new LedgerWatch(store, session, await opened(store, session));
  }

  /** @throws Error for a ledger that is broken */
  async refresh(): Promise<void> {
    for (let left = tries; ; left--) {
      const fault = await this.#log.refresh();
      if (fault === undefined) break;
      if (fault.problem !== undefined || left === 0) throw new Error(fault.message);
      await delay(50);
    }
    while (this.accounts.records < this.#log.state.end.head.seq) {
      const page = await this.#store.read(this.#session, this.accounts.records + 1, pageLength);
      if (!page.ok) throw new Error(page.fault.message);
      for (const text of page.texts) this.accounts.take(text);
    }
  }

  /** When nobody writes any more: from the first record on, and once more against the sums of the fold. */
  async end(): Promise<readonly string[]> {
    await this.refresh();
    const { records, charged, allows, byId, wrong } = this.accounts;
    const { state } = await opened(this.#store, this.#session);
    const found = [...wrong];
    if (state.end.head.seq !== records) found.push(`${state.end.head.seq} records were folded, ${records} added up`);
    if (state.sums.of(budget) !== charged) found.push(`${state.sums.of(budget)} were folded, ${charged} added up`);
    const open = [...allows.values()].filter(({ ended }) => ended.length === 0);
    if (state.reservations.size !== open.length)
      found.push(`${state.reservations.size} reservations stand, and not ${open.length}`);
    for (const [id, seqs] of byId) if (seqs.length > 1) found.push(`${id} was decided in records ${seqs.join(", ")}`);
    return found;
  }
}

async function opened(store: Store, session: string): Promise<SessionLog> {
  const result = await openLog(store, session);
  if (!result.ok) throw new Error(result.fault.message);
  return result.log;
}
