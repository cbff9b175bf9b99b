/**
 * What a session has come to: the fold over its records, and nothing else (SPEC §7). It lives in memory only. Lists and maps grow
 * in place, so that the next record costs the same however many came before; only the fold writes.
 */
import type { Charge } from "../../schema/ledger.ts";
import type { Decision } from "../../schema/verdict.ts";
import type { ChainEnd } from "./chain/follow.ts";
import { type Ending, nothingEnded } from "./ending.ts";
import type { PeopleInForce } from "./people-in-force.ts";
import { Sums } from "./sums.ts";
import { nothingWatched, type Watched } from "./watched.ts";

export type Phase = "active" | "frozen" | "witness" | "closed" | "rejected";

/** An allow that has been neither settled nor released. */
export interface Reservation {
  /** The number of the `decided` record. */
  readonly decided: number;
  /** Of the `decided` record. */
  readonly recordHash: string;
  readonly jti: string;
  readonly effect: string;
  readonly proposalHash: string;
  /** Of the `decided` record; epoch milliseconds. */
  readonly at: number;
  readonly expiresAt: number;
  /** By bound id. */
  readonly charges: ReadonlyMap<string, Charge>;
  /** When the token was redeemed. */
  consumedAt: number | undefined;
}

/** The first kill, and what it found. */
export interface KillTaken {
  /** Of the `killed` record; epoch milliseconds. */
  readonly seq: number;
  readonly hash: string;
  readonly at: number;
  readonly signal: string;
  /** Redeemed and not settled: these effects may have happened, or happen. */
  readonly inFlight: readonly Readonly<Reservation>[];
  /** Allowed and not redeemed: these never happen. */
  readonly reserved: readonly Readonly<Reservation>[];
}

export interface DecidedProposal {
  readonly seq: number;
  /** Of the `decided` record. */
  readonly recordHash: string;
  readonly proposalHash: string | null;
  readonly verdict: Decision;
}

/** A person's decision on one bound of one proposal. Times are epoch milliseconds. */
export interface GivenApproval {
  readonly kid: string;
  readonly person: string;
  readonly roles: readonly string[];
  readonly decision: "approve" | "refuse";
  readonly bound: string;
  readonly from: number;
  readonly until: number;
}

/** The last verdict on a proposal that people were asked about. Times are epoch milliseconds. */
export interface Hold {
  /** Of the `decided` record. */
  readonly seq: number;
  readonly recordHash: string;
  readonly at: number;
  /** Undefined in ledgers that were written without. */
  readonly expiresAt: number | undefined;
  /** When it began to wait, where the same had been decided before, or had expired; undefined for the first time. */
  readonly since?: number | undefined;
  /** Who proposed it. */
  readonly principal: unknown;
  /** Whether it was decided otherwise since. */
  isOver: boolean;
}

/** Values in the order in which they were first settled, each once. */
export type ProducedValues = Set<string | number>;

export interface SessionState {
  end: ChainEnd;
  phase: Phase;
  killed: boolean;
  kill: KillTaken | undefined;
  halted: boolean;
  readonly activatedAt: number;
  /** The policy digest that was activated; null in a session that was rejected. */
  readonly policy: string | null;
  /** How many signatures the envelope was activated with. */
  readonly signatures: number;
  /** Used and held. */
  readonly sums: Sums;
  /** When each effect was allowed, in order. */
  readonly allows: Map<string, number[]>;
  /** By the number of the `decided` record, in their order. */
  readonly reservations: Map<number, Reservation>;
  /** Milliseconds: none of the reservations is made for less. */
  shortestLife: number;
  /** Proposals that came with an id: the latest verdict of each. */
  readonly proposals: Map<string, DecidedProposal>;
  /** The last settled success, by effect. */
  readonly last: Map<string, number>;
  /** By `effect/result`. */
  readonly produced: Map<string, ProducedValues>;
  readonly evidence: Map<string, number>;
  /** By proposal hash: those that no allow has used up. */
  readonly approvals: Map<string, readonly GivenApproval[]>;
  /** By proposal hash: they are final. */
  readonly refusals: Map<string, readonly GivenApproval[]>;
  /** By proposal hash. */
  readonly holds: Map<string, Hold>;
  /** Undefined where the ledger does not say who they are. */
  people: PeopleInForce | undefined;
  /** Every approval that was ever recorded. */
  readonly usedApprovals: Set<string>;
  /** As they were recorded, by the number of the record: so that one can be withdrawn. */
  readonly approvalAt: Map<number, GivenApproval>;
  /** Refusals of tokens that no gateway has signed. */
  strangers: number;
  readonly watched: Watched;
  readonly ending: Ending;
  /** The digests of the orders that were carried out. */
  readonly usedOrders: Set<string>;
}

export function stateAfterFirst(end: ChainEnd, policy: string | null, signatures: number): SessionState {
  return {
    end,
    phase: policy === null ? "rejected" : "active",
    policy,
    signatures,
    killed: false,
    kill: undefined,
    halted: false,
    activatedAt: end.at,
    sums: new Sums(),
    allows: new Map(),
    reservations: new Map(),
    shortestLife: Number.POSITIVE_INFINITY,
    proposals: new Map(),
    last: new Map(),
    produced: new Map(),
    evidence: new Map(),
    approvals: new Map(),
    refusals: new Map(),
    holds: new Map(),
    people: undefined,
    usedApprovals: new Set(),
    approvalAt: new Map(),
    strangers: 0,
    watched: nothingWatched(),
    ending: nothingEnded(),
    usedOrders: new Set(),
  };
}

/** The reservations whose tokens have expired unredeemed, in the order of their numbers: what is to be released. */
export function expiredReservations(state: SessionState, now: number): readonly Reservation[] {
  return decidedUntil(
    state,
    now - state.shortestLife,
    ({ consumedAt, expiresAt }) => consumedAt === undefined && expiresAt <= now,
  );
}

/** Those that were redeemed at that time or before, and are not settled. */
export function unsettledReservations(state: SessionState, since: number): readonly Reservation[] {
  return decidedUntil(state, since, ({ consumedAt }) => consumedAt !== undefined && consumedAt <= since);
}

/** A session's clock does not go back, so what was decided later need not be looked at. */
function decidedUntil(
  { reservations }: SessionState,
  latest: number,
  isWanted: (reservation: Reservation) => boolean,
): readonly Reservation[] {
  const wanted: Reservation[] = [];
  for (const reservation of reservations.values()) {
    if (reservation.at > latest) break;
    if (isWanted(reservation)) wanted.push(reservation);
  }
  return wanted;
}
