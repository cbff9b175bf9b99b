/** State ← state and record: the one function that every snapshot, replay and audit goes through (SPEC §7). */
import { type ChainEnd, linkProblem } from "../chain/follow.ts";
import { successor } from "../people-in-force.ts";
import type { RecordProblem } from "../problem.ts";
import type { LedgerRecord, RecordType } from "../record.ts";
import { type SessionState, stateAfterFirst } from "../state.ts";
import { decided } from "./decided.ts";
import { closed, postcondition, witness } from "./ending.ts";
import { cancelled, halted, resumed } from "./halt.ts";
import { incident, killed } from "./life.ts";
import { approval, evidence, people } from "./people.ts";
import { consumed, released, settled } from "./reservation.ts";
import type { Refusal, Step } from "./step.ts";

type First = "activated" | "rejected";

const steps: { readonly [T in Exclude<RecordType, First>]: Step<T> } = {
  decided,
  consumed,
  settled,
  released,
  approval,
  people,
  evidence,
  killed,
  halted,
  cancelled,
  resumed,
  incident,
  postcondition,
  witness,
  closed,
};

export type Folded =
  | { readonly ok: true; readonly state: SessionState }
  | { readonly ok: false; readonly problem: RecordProblem };

/** The state after the first record. */
export function foldFirst(record: LedgerRecord, session: string): Folded {
  const problem = linkProblem(record, undefined, session);
  if (problem !== undefined) return { ok: false, problem };
  if (record.type !== "activated" && record.type !== "rejected") {
    const message = `a session begins with its activation, not with ${record.type}`;
    return { ok: false, problem: { code: "SESSION_NOT_ACTIVE", seq: 1, message } };
  }
  if (record.type === "rejected") return { ok: true, state: stateAfterFirst(endAt(record), null, 0) };
  const { policy, signatures, registry } = record.body;
  const state = stateAfterFirst(endAt(record), policy, signatures.length);
  if (registry === undefined) return { ok: true, state };
  const read = successor(undefined, registry, record.at);
  if (!read.ok || read.people.digest !== record.body.people) {
    const message = read.ok ? "the registry of people is not the one that is named" : read.message;
    return { ok: false, problem: { code: "RECORD_INCONSISTENT", seq: 1, message } };
  }
  state.people = read.people;
  return { ok: true, state };
}

/** What keeps the record from following; undefined if `foldNext` would take it in. Changes nothing. */
export function nextProblem(state: SessionState, record: LedgerRecord): RecordProblem | undefined {
  const link = linkProblem(record, state.end, state.end.session);
  if (link !== undefined) return link;
  const refusal = refusalOf(state, record);
  return refusal && { code: refusal[0], seq: record.seq, message: refusal[1] };
}

/** Takes the next record in. Where that is refused, the state stays as it is. */
export function foldNext(state: SessionState, record: LedgerRecord): RecordProblem | undefined {
  const problem = nextProblem(state, record);
  if (problem !== undefined) return problem;
  if (record.type !== "activated" && record.type !== "rejected") stepOf(record.type).apply(state, record);
  state.end = endAt(record);
  return undefined;
}

function refusalOf(state: SessionState, record: LedgerRecord): Refusal | undefined {
  if (state.phase === "closed" || state.phase === "rejected")
    return ["SESSION_NOT_ACTIVE", `nothing follows: the session is ${state.phase}`];
  if (record.type === "activated" || record.type === "rejected")
    return ["RECORD_INCONSISTENT", "a session is activated once, by its first record"];
  return stepOf(record.type).refuse(state, record);
}

function stepOf<T extends Exclude<RecordType, First>>(type: T): Step<T> {
  return steps[type];
}

function endAt({ session, envelope, seq, hash, at }: LedgerRecord): ChainEnd {
  return { session, envelope, head: { seq, hash }, at };
}
