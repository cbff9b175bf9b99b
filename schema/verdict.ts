/** What comes out of a decision (SPEC §3, §5, §13). */
import type { BoundCode } from "./bounds.ts";
import type { FieldValues, HostileRequest } from "./request.ts";

export type Decision = "allow" | "hold" | "deny";
export type EngineName = "cedar" | "rego" | "reference";

/** The answer of one engine: the ids of all violated bounds, in no particular order. */
export interface EngineAnswer {
  readonly verdict: Decision;
  readonly violations: readonly string[];
}

export type FaultCode =
  | "DECODE_FAILED"
  | "ENGINE_FAILURE"
  | "ENGINE_DISAGREEMENT"
  | "STORE_UNAVAILABLE"
  | "CONTENTION"
  | "CLOCK_REGRESSION"
  | "PROPOSAL_REPEATED"
  | "SIGNER_UNAVAILABLE"
  /** Somebody who could have approved has refused: final for the proposal. */
  | "APPROVAL_REFUSED";
export type ViolationCode = BoundCode | FaultCode;

export interface Violation {
  readonly id: string;
  readonly code: ViolationCode;
  /** Where the limit is written in the envelope; for a decode failure, the argument below `/args`. */
  readonly pointer: string;
  /** The value and the limit, in plain words. */
  readonly message: string;
}

export interface Verdict {
  readonly verdict: Decision;
  /** The code of the first violation; null on allow. */
  readonly code: ViolationCode | null;
  /** The id of the first violation; null on allow. */
  readonly primary: string | null;
  /** Every violated bound, in the table's order, then by id in code point order. */
  readonly violations: readonly Violation[];
  /** Null for an undecodable call. */
  readonly effect: string | null;
  readonly fields: FieldValues | null;
  /** The engines that answered. */
  readonly engines: readonly EngineName[];
  /** The document that the engines saw, facts as the host gave them; null where there is none. */
  readonly request: HostileRequest | null;
  readonly envelopeDigest: string;
  readonly policyDigest: string;
}
