/** The ledger of a session read again, for what its witness and its verifiers are told: the fold keeps less. */
import type { Settled } from "../../../schema/ledger.ts";
import { parseRecord } from "../../ledger/chain/parse.ts";
import type { LedgerFault } from "../../ledger/log.ts";
import { type Head, type LedgerRecord, noHead } from "../../ledger/record.ts";
import type { Store } from "../../ledger/store/store.ts";
import { Account } from "../../ledger/witness/account.ts";
import { ownMember } from "../../own.ts";

export interface SettledEffect {
  /** The number of the `decided` record. */
  readonly seq: number;
  readonly effect: string;
  readonly outcome: Settled["outcome"];
  readonly results: Settled["results"];
  readonly resultDigest?: string;
}

/** Few, so that a page of the longest records fits into memory. */
const pageLength = 50;

export class History {
  readonly account = new Account();
  readonly effects: SettledEffect[] = [];
  readonly #store: Store;
  readonly #session: string;
  /** By the number of the `decided` record, of what is allowed and not settled. */
  readonly #allowed = new Map<number, string>();
  #last: Head = noHead;

  constructor(store: Store, session: string) {
    this.#store = store;
    this.#session = session;
  }

  /** Up to a record that was folded; those that were read before are not read again. */
  async readUpTo(head: Head): Promise<LedgerFault | undefined> {
    while (this.#last.seq < head.seq) {
      const from = this.#last.seq + 1;
      const page = await this.#store.read(this.#session, from, Math.min(pageLength, head.seq - from + 1));
      if (!page.ok) return page.fault;
      if (page.texts.length === 0) return changed;
      for (const text of page.texts) {
        const parsed = parseRecord(text, this.#last.seq + 1);
        if (!parsed.ok || parsed.record.prev !== this.#last.hash) return changed;
        this.#take(parsed.record);
      }
    }
    return this.#last.hash === head.hash ? undefined : changed;
  }

  #take(record: LedgerRecord): void {
    this.#last = { seq: record.seq, hash: record.hash };
    this.account.take(record);
    if (record.type === "decided" && record.body.verdict === "allow") {
      const effect = ownMember(record.body.request, "effect");
      this.#allowed.set(record.seq, typeof effect === "string" ? effect : "");
    }
    if (record.type !== "settled") return;
    const { decided: seq, outcome, results, resultDigest } = record.body;
    const effect = this.#allowed.get(seq) ?? "";
    this.#allowed.delete(seq);
    this.effects.push({ seq, effect, outcome, results, ...(resultDigest === undefined ? {} : { resultDigest }) });
  }
}

const changed: LedgerFault = {
  code: "STORE_UNAVAILABLE",
  message: "the store gives other records than those that the session was made of",
};
