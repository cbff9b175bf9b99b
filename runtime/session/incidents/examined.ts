/** Records that have to be looked at after they were taken in: what cannot stand is an incident, until people let the session go on. */
import type { Stand } from "../../ledger/log.ts";
import type { LedgerRecord } from "../../ledger/record.ts";
import type { OwedIncident, Owing } from "./owed.ts";

/** What is wrong with a record: the rest of a sentence that begins with it. */
export type Look = () => Promise<string | undefined>;

/** Those of one session, in the order of their records. */
export abstract class Examined implements Owing {
  readonly #code: string;
  /** Not looked at yet, or wrong and no recorded incident. By the number of the record. */
  readonly #looks = new Map<number, Look>();

  constructor(code: string) {
    this.#code = code;
  }

  get areOpen(): boolean {
    return this.#looks.size > 0;
  }

  take(record: LedgerRecord, before: Stand): void {
    const look = this.lookAt(record, before);
    if (look !== undefined) this.open(record.seq, look);
    // One that does not freeze stands for nothing: whoever writes to the store could wave a record through with it.
    if (record.type !== "incident" || record.body.code !== this.#code || !record.body.freezes) return;
    if (record.body.about !== undefined) this.close(record.body.about);
  }

  /** Has the record of that number looked at, though it was before. */
  protected open(seq: number, look: Look): void {
    this.#looks.set(seq, look);
  }

  /** An incident stands for the record of that number. */
  protected close(seq: number): void {
    this.#looks.delete(seq);
  }

  /** How the record is looked at; undefined for one that need not be. */
  protected abstract lookAt(record: LedgerRecord, before: Stand): Look | undefined;

  /** The first that is wrong, which stays until its incident is taken in. */
  async first(): Promise<OwedIncident | undefined> {
    for (const [seq, look] of this.#looks) {
      const problem = await look().catch(() => "has signatures that cannot be verified");
      if (problem !== undefined)
        return { code: this.#code, message: `record ${seq} ${problem}`, freezes: true, about: seq };
      this.#looks.delete(seq);
    }
    return undefined;
  }
}
