/** What a session is opened with. */
import type { KeyRing } from "../authority/key-ring.ts";
import type { Signer } from "../authority/keys.ts";
import type { Evaluator } from "../evaluator.ts";
import type { Store } from "../ledger/store/store.ts";
import type { People } from "../people/registry.ts";
import type { Canceller } from "./breakers/canceller.ts";
import type { Verifiers } from "./ending/verifiers.ts";
import type { IncidentTold, OnIncident } from "./incidents/told.ts";
import type { Signals } from "./kill/signals.ts";

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
  /**
   * By whose keys the two-key steps of the ledger are verified, until the session is told of other ones. Without them, resumptions
   * are verified by the registry that the ledger says is in force, and activations believed.
   */
  readonly people?: People;
  /** Hears every incident of the session, and a ledger that is found broken; what it does or throws, the session does not notice. */
  readonly onIncident?: OnIncident;
  /** What `onIncident` heard with no number at an earlier opening: it is recorded first, and freezes. */
  readonly unrecorded?: readonly IncidentTold[];
  /** Where the envelope's kill signal appears, such as `signalFolder` of `ambit/runtime/node`. */
  readonly signals?: Signals;
  /** Who undoes effects where a breaker says so; without one, in a session with an authority, every cancel has failed. */
  readonly canceller?: Canceller;
  /** The feeds whose signed reports are believed. */
  readonly feeds?: KeyRing;
  /** By the names of the checks in the envelope's postconditions. */
  readonly verifiers?: Verifiers;
  /** How long to wait for a verifier; 60 where it is not written. */
  readonly verifySeconds?: number;
  /** How often the cancel of one effect is tried; 5 where it is not written. */
  readonly cancelAttempts?: number;
  /** How long to wait for the canceller; 10 where it is not written. */
  readonly cancelSeconds?: number;
  /** How long to wait before a cancel is tried again; 1 where it is not written. */
  readonly cancelPauseSeconds?: number;
  /** How long an allow stays reserved, and its token good: 1 to 3,600 seconds, 30 where it is not written. */
  readonly tokenSeconds?: number;
  /** How long to wait for the signer; 5 where it is not written. */
  readonly signSeconds?: number;
  /** How long a redeemed effect may go unsettled before it counts as one that may have happened; 60 where it is not written. */
  readonly settleSeconds?: number;
  /** How long a hold waits for people; 3,600 where it is not written. */
  readonly holdSeconds?: number;
  /** How often a proposal is decided again after another writer was first; 32 where it is not written. */
  readonly attempts?: number;
}

/** With what is left out filled in. */
export type SettledOptions = SessionOptions &
  Required<Pick<SessionOptions, "attempts" | "tokenSeconds" | "settleSeconds" | "signSeconds" | Cancelling>>;

type Cancelling = "cancelAttempts" | "cancelSeconds" | "cancelPauseSeconds";

export const defaultTokenSeconds = 30;
export const defaultSignSeconds = 5;
export const defaultSettleSeconds = 60;
export const defaultAttempts = 32;
export const defaultHoldSeconds = 3_600;
export const defaultCancelAttempts = 5;
export const defaultCancelSeconds = 10;
export const defaultCancelPauseSeconds = 1;
export const defaultVerifySeconds = 60;
/** What has happened is written, whoever else writes: it is tried so many times as often as a decision is. */
export const stubbornness = 16;
