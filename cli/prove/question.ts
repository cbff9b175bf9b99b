/** What a solver can be asked about policies: one of the sub-commands of `cedar symcc`, and what it is asked about. */

export type Question =
  | { readonly check: "never-errors" | "never-matches" | "always-denies"; readonly policies: string }
  | {
      readonly check: "matches-equivalent" | "matches-disjoint";
      readonly policy1: string;
      readonly policy2: string;
    }
  | { readonly check: "equivalent"; readonly policies1: string; readonly policies2: string };

/** For every request of this action that the schema admits. */
export interface Asked {
  /** The id of the action. */
  readonly action: string;
  readonly question: Question;
}

export type Answer =
  | { readonly kind: "holds" }
  /** `counterexample` as Cedar prints it: a request for which it does not hold. */
  | { readonly kind: "fails"; readonly counterexample: string }
  /** No answer, a timeout, or an answer that cannot be understood: never a proof. */
  | { readonly kind: "unsettled"; readonly reason: string };

export interface Answered {
  readonly answer: Answer;
  readonly milliseconds: number;
}

/** Never rejects: what goes wrong is an answer that settles nothing. */
export type Ask = (asked: Asked) => Promise<Answered>;
