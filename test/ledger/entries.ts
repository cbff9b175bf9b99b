/** Entries and chains for the tests: one envelope's worth of records, written briefly. */
import { type Sealed, seal, sealFirst } from "../../runtime/ledger/chain/seal.ts";
import { foldFirst, foldNext } from "../../runtime/ledger/fold/fold.ts";
import type { RecordProblem } from "../../runtime/ledger/problem.ts";
import type { Entry, RecordType } from "../../runtime/ledger/record.ts";
import type { SessionState } from "../../runtime/ledger/state.ts";
import { sha256 } from "../../schema/json/canonical.ts";
import type { Charges, Decided, RecordBodies } from "../../schema/ledger.ts";

export const envelope = sha256("an envelope");
export const policy = sha256("a policy");
export const hashOf = (name: string) => sha256(name);

export type Later = Exclude<RecordType, "activated" | "rejected">;

export function entry<T extends Later>(type: T, at: number, body: RecordBodies[T]): Entry<T> {
  const made: unknown = { type, at, body };
  return made as Entry<T>;
}

export function activation(id = "env_1", at = 0): Entry<"activated"> {
  return { type: "activated", at, body: { id, document: "{}", policy, signatures: [] } };
}

export interface AllowOptions {
  readonly effect?: string;
  readonly charges?: Charges;
  readonly expiresAt?: number;
  readonly jti?: string;
  readonly proposal?: string;
  readonly proposalId?: string;
}

export function allow(at: number, options: AllowOptions = {}): Entry<"decided"> {
  const { effect = "pay", charges = {}, expiresAt = at + 30, jti = "t", proposal = "p", proposalId } = options;
  const decided = { verdict: "allow" as const, violations: [], reservation: { jti, expiresAt, charges } };
  return entry("decided", at, { ...verdictOf(at, effect, proposal, proposalId), ...decided });
}

export function notAllowed(
  verdict: "hold" | "deny",
  at: number,
  options: Pick<AllowOptions, "effect" | "proposal" | "proposalId" | "expiresAt"> = {},
): Entry<"decided"> {
  const violations = [{ id: "kill", code: "KILLED", pointer: "/killSwitch", message: "killed" }];
  const { effect = "pay", proposal = "p", proposalId, expiresAt } = options;
  const waiting = expiresAt === undefined ? {} : { expiresAt };
  return entry("decided", at, { ...verdictOf(at, effect, proposal, proposalId), verdict, violations, ...waiting });
}

function verdictOf(at: number, effect: string, proposal: string, proposalId: string | undefined) {
  return {
    proposalHash: hashOf(proposal),
    ...(proposalId === undefined ? {} : { proposalId }),
    request: { effect, now: at },
    engines: [],
    policy,
    executed: false,
  } satisfies Partial<Decided>;
}

/** That of the session's end, after the entries that are given: the fold takes it only with the right head. */
export function witnessOf(at: number, before: readonly Entry<Later>[], rest: Partial<RecordBodies["witness"]> = {}) {
  const head = chainOf(before).at(-1)!.record.hash;
  const body = { attempted: [], changed: [], deferred: [], head, policyDigest: policy };
  return entry("witness", at, { ...body, ...rest });
}

export const consume = (at: number, decided: number, jti = "t") => entry("consumed", at, { decided, jti });
export const release = (at: number, decided: number, jti = "t") => entry("released", at, { decided, jti });

export function settle(at: number, decided: number, rest: Partial<RecordBodies["settled"]> = {}): Entry<"settled"> {
  return entry("settled", at, {
    decided,
    jti: "t",
    outcome: "executed",
    amounts: {},
    results: {},
    metrics: [],
    ...rest,
  });
}

type ApprovalBody = RecordBodies["approval"];

/** A member that is undefined is left out. */
export function approve(
  at: number,
  rest: { readonly [K in keyof ApprovalBody]?: ApprovalBody[K] | undefined } = {},
): Entry<"approval"> {
  const person = rest.person ?? "ann";
  const body: object = {
    jws: "{}",
    digest: sha256(`${person} ${at}`),
    kid: `key of ${person}`,
    person,
    roles: ["risk"],
    decision: "approve",
    bound: "effects/pay/approval",
    proposalHash: hashOf("p"),
    iat: 0,
    exp: 1_000,
    ...rest,
  };
  return entry("approval", at, JSON.parse(JSON.stringify(body)));
}

/** The records of a session, one after the other. */
export function chainOf(entries: readonly Entry<Later>[], first: Entry<"activated"> = activation()): readonly Sealed[] {
  const chain = [sealFirst(first, envelope)];
  for (const later of entries) {
    const { session, seq, hash } = chain.at(-1)!.record;
    chain.push(seal(later, { seq, hash }, { session, envelope }));
  }
  return chain;
}

export interface FoldedChain {
  readonly state: SessionState;
  /** Of the first record that was refused; those after it were not tried. */
  readonly problem?: RecordProblem;
}

export function fold(...entries: readonly Entry<Later>[]): FoldedChain {
  const [first, ...later] = chainOf(entries);
  const folded = foldFirst(first!.record, first!.record.session);
  if (!folded.ok) throw new Error(folded.problem.message);
  for (const { record } of later) {
    const problem = foldNext(folded.state, record);
    if (problem !== undefined) return { state: folded.state, problem };
  }
  return { state: folded.state };
}
