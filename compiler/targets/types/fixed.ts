/** What is the same for every envelope; it reads the declarations that are not. */
export const fixedTypes = `/** An effect that the envelope can allow. */
export type Effect = keyof Fields;

/** A call as the agent makes it: arguments as sent, and narrative that nobody judges. */
export type Proposal<E extends Effect = Effect> = Proposals[E];

declare const judged: unique symbol;

/** This call, decoded to these fields, may be executed once. Only a verdict of the runtime narrows to it. */
export interface Allow<E extends Effect> {
    readonly verdict: "allow";
    readonly code: null;
    readonly primary: null;
    readonly violations: readonly [];
    readonly effect: E;
    readonly fields: Fields[E];
    readonly envelopeDigest: EnvelopeDigest;
    readonly policyDigest: string;
    /** What the guard redeems, once; null without an authority. */
    readonly token: string | null;
    readonly [judged]: E;
}

/** People have to agree first: nothing is executed. */
export interface Hold {
    readonly verdict: "hold";
    readonly code: string;
    readonly primary: string;
    readonly violations: readonly Violation[];
    readonly effect: string;
}

/** Nothing is executed. */
export interface Deny {
    readonly verdict: "deny";
    readonly code: string;
    readonly primary: string;
    readonly violations: readonly Violation[];
    readonly effect: string | null;
}

/** A bound that the call violates, or what kept it from being judged. */
export interface Violation {
    readonly id: string;
    readonly code: string;
    readonly pointer: string;
    readonly message: string;
}

export type Verdict = { readonly [E in Effect]: Allow<E> }[Effect] | Hold | Deny;

/** Executes what was judged, with the defaults filled in, and nothing else. */
export interface Granted<E extends Effect> {
    readonly execute: (allow: Allow<E>) => Promise<Ended<E>>;
}

/** How it ended. Whatever is wrong is an answer: nothing is thrown. */
export type Ended<E extends Effect> =
    | { readonly outcome: "executed"; readonly result: Outputs[E] }
    | { readonly outcome: "not_executed"; readonly result: unknown }
    | { readonly outcome: "unknown"; readonly reason?: string }
    | { readonly outcome: "denied"; readonly denial: Denial };

export interface Denial {
    readonly code: string;
    readonly message: string;
    /** The record of it; null where none could be written. */
    readonly seq: number | null;
}

/** A session and its guard, for this envelope alone. */
export interface Acting {
    readonly propose: (proposal: Proposal) => Promise<Verdict>;
    readonly executor: Executor;
}

/** No verdict executes it. */
export interface Barred {
    readonly execute?: never;
}

/** Any JSON but null. */
export type Json = boolean | number | string | readonly (Json | null)[] | { readonly [member: string]: Json | null };

/** What an argument that must not say anything may be. */
export type Nothing = null | "" | readonly [] | { readonly [member: string]: never };
`;
