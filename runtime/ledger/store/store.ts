/** Where ledgers are kept. A store knows texts and their places, not what they say (SPEC §7). */
import type { Head } from "../record.ts";

/** What could not be done, and why; until it can be done again, every verdict is deny. */
export interface StoreFault {
  readonly code: "STORE_UNAVAILABLE";
  /** One sentence. */
  readonly message: string;
  readonly cause?: unknown;
}

export interface StoredRecord {
  readonly seq: number;
  /** Bare hex. */
  readonly hash: string;
  /** The canonical form. */
  readonly text: string;
}

/** The record after which another one is written. */
export interface LastRecord extends Head {
  /** What it was when it was read: where it is given and the store has another text by now, the chain does not end in it. */
  readonly text?: string;
}

export type ReadResult =
  | { readonly ok: true; readonly texts: readonly string[] }
  | { readonly ok: false; readonly fault: StoreFault };

export type ClaimResult =
  | { readonly ok: true; readonly session: string | undefined }
  | { readonly ok: false; readonly fault: StoreFault };

export type AppendResult =
  | { readonly outcome: "appended" }
  /** The chain does not end in the head: another writer was first, or the end is gone. Nothing was written. */
  | { readonly outcome: "lost" }
  /** A claim is another session's. Nothing was written. */
  | { readonly outcome: "claimed" }
  /** It is not known whether the record was written: the next read tells. */
  | { readonly outcome: "failed"; readonly fault: StoreFault };

export type Claim = string | readonly string[];

export function claimsOf(claim: Claim | undefined): readonly string[] {
  if (claim === undefined) return [];
  return typeof claim === "string" ? [claim] : claim;
}

/**
 * Its functions answer a value for whatever happens: they never throw, and no promise of theirs is rejected. They answer in time: one
 * that waits for something gives up by itself, with a fault. Until it does, whoever asks waits, and nothing is allowed meanwhile.
 */
export interface Store {
  /** The records of a session in order, from number `from` on; at most `limit` of them. None for an unknown session. */
  read(session: string, from: number, limit: number): Promise<ReadResult>;
  /**
   * Compare-and-set: writes the record if and only if the session's last record is `after`. Appended means on durable storage.
   *
   * @param claim names that only one session in the store may have, such as the id of the envelope: all of them, or none
   */
  append(session: string, after: LastRecord, record: StoredRecord, claim?: Claim): Promise<AppendResult>;
  /** The session that made the claim; undefined where nobody has. */
  claimant(claim: string): Promise<ClaimResult>;
  /** Gives up what the store holds. It opens again when it is used again. */
  close(): Promise<void>;
}
