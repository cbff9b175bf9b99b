/** One line of a session's ledger (SPEC §7). */
import type { RecordBodies } from "../../schema/ledger.ts";

export type RecordType = keyof RecordBodies;

interface Frame<T extends RecordType> {
  /** From 1, without gaps. */
  readonly seq: number;
  /** Epoch milliseconds; never before the record before. */
  readonly at: number;
  readonly type: T;
  /** base64url of SHA-256 of the JCS form of the first record without `session` and `hash`. */
  readonly session: string;
  /** `sha256:<hex>` of the envelope. */
  readonly envelope: string;
  /** The hash of the record before; 64 zeros in the first. */
  readonly prev: string;
  readonly body: Readonly<RecordBodies[T]>;
  /** Bare hex of SHA-256 of the JCS form of the record without `hash`. */
  readonly hash: string;
}

export type LedgerRecord<T extends RecordType = RecordType> = { [K in T]: Frame<K> }[T];

/** What a record says before it has its place in the chain. */
export type Entry<T extends RecordType = RecordType> = {
  [K in T]: { readonly type: K; readonly at: number; readonly body: Readonly<RecordBodies[K]> };
}[T];

/** The last record of a chain, as far as the next one depends on it. */
export interface Head {
  readonly seq: number;
  readonly hash: string;
}

/** Before the first record. */
export const noHead: Head = { seq: 0, hash: "0".repeat(64) };
