/** What is claimed about one effect, and how it is settled. */
import type { HostileRequest } from "../../schema/request.ts";
import type { EngineAnswer, Verdict } from "../../schema/verdict.ts";
import type { Question } from "./question.ts";

/** In the order in which they are reported. */
export const claimKinds = [
  /** The policy named does not err on any request that the schema admits. */
  "never_errs",
  /** The permit grants exactly what no forbid forbids. */
  "equivalent",
  /** In the circumstance named, every request is denied. */
  "always_denied",
  /** The forbid of the bound named matches exactly where the bound is violated. */
  "bound",
  /** Some request is allowed, by every engine and the reference. */
  "not_vacuous",
] as const;

export type ClaimKind = (typeof claimKinds)[number];

export interface Claim {
  readonly action: string;
  readonly kind: ClaimKind;
  /** A policy, a circumstance, a bound, or where an allowed request comes from. */
  readonly about: string;
  readonly by: Proof;
}

export type Proof =
  /** The solver is to say that it holds. If it does not, it may be worse: `worse` asks for a request that is even allowed. */
  | { readonly kind: "holds"; readonly question: Question; readonly worse?: Question }
  /** The solver is to say that it does not hold, and every engine is to allow its counterexample. */
  | { readonly kind: "example"; readonly question: Question }
  /** Every engine is to allow this request. */
  | { readonly kind: "request"; readonly request: HostileRequest }
  /** Known without asking. */
  | { readonly kind: "plain"; readonly holds: boolean; readonly reason: string };

export interface Settled {
  readonly claim: Claim;
  readonly outcome: Outcome;
  /** In the solver. */
  readonly milliseconds: number;
}

export type Outcome =
  | { readonly kind: "proven"; readonly reason?: string }
  | { readonly kind: "refuted"; readonly reason: string; readonly counterexample?: Counterexample }
  /** Not known: as bad as refuted. */
  | { readonly kind: "unsettled"; readonly reason: string };

export interface Counterexample {
  /** Undefined where the solver's text could not be read. */
  readonly request: HostileRequest | undefined;
  /** As Cedar printed it. */
  readonly text: string;
  /** What the reference says to the request. */
  readonly reference: EngineAnswer | undefined;
  /** What the engines say, where they were asked. */
  readonly verdict?: Verdict;
}
