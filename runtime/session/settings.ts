/** What a session is opened with. */
import type { KeyRing } from "../authority/key-ring.ts";
import type { Signer } from "../authority/keys.ts";
import type { Evaluator } from "../evaluator.ts";
import type { Store } from "../ledger/store/store.ts";

/** Who signs authority tokens, and for whom. */
export interface Authority {
  readonly signer: Signer;
  /** The gateway's id: `iss`. */
  readonly issuer: string;
  /** The executor's id: `aud`. */
  readonly audience: string;
}

export interface SessionOptions {
  readonly store: Store;
  /** As its ledger names it. */
  readonly session: string;
  /** Of the envelope that was activated. */
  readonly evaluator: Evaluator;
  /** Epoch milliseconds. A time before that of the last record is refused. */
  readonly clock: () => number;
  /** Without it, verdicts are recorded and nothing can be executed. */
  readonly authority?: Authority;
  /** The executors whose receipts are believed; without them, everything is charged in full. */
  readonly executors?: KeyRing;
  /** How long an allow stays reserved, and its token good: 1 to 3,600 seconds, 30 where it is not written. */
  readonly tokenSeconds?: number;
  /** How long to wait for the signer; 5 where it is not written. */
  readonly signSeconds?: number;
  /** How long a redeemed effect may go unsettled before it counts as one that may have happened; 60 where it is not written. */
  readonly settleSeconds?: number;
  /** How often a proposal is decided again after another writer was first; 32 where it is not written. */
  readonly attempts?: number;
}

export const defaultTokenSeconds = 30;
export const defaultSignSeconds = 5;
export const defaultSettleSeconds = 60;
export const defaultAttempts = 32;
