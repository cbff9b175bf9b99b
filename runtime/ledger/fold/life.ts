/** The life of a session: kill and incident (SPEC §10). */
import type { Incident } from "../../../schema/ledger.ts";
import { readSigned } from "../../people/document.ts";
import type { KillTaken, SessionState } from "../state.ts";
import { orderRefusal, takeOrder } from "./orders.ts";
import { withdraw } from "./people.ts";
import type { Refusal, Step } from "./step.ts";
import { watchStop } from "./watch.ts";

export const killed: Step<"killed"> = {
  refuse: (state, { body }) => orderRefusal(state, "kill", body.by),
  apply(state, { seq, hash, at, body }) {
    state.killed = true;
    state.kill ??= { seq, hash, at, signal: body.signal, ...openOf(state) };
    takeOrder(state, body.by);
  },
};

function openOf({ reservations }: SessionState): Pick<KillTaken, "inFlight" | "reserved"> {
  const open = [...reservations.values()].map((reservation) => ({ ...reservation }));
  return {
    inFlight: open.filter(({ consumedAt }) => consumedAt !== undefined),
    reserved: open.filter(({ consumedAt }) => consumedAt === undefined),
  };
}

export const incident: Step<"incident"> = {
  refuse(state, { prev, body }) {
    const { ending, policy } = state;
    const { snapshot, freezes } = body;
    const order = foundBy(state, body);
    if (order !== undefined || snapshot === undefined) return order;
    const isOfThisPlace = freezes && !ending.isSnapshotTaken && snapshot.head === prev && snapshot.policy === policy;
    return isOfThisPlace
      ? undefined
      : ["RECORD_INCONSISTENT", "a snapshot is of a freeze, once, and of the record before"];
  },
  apply(state, { seq, at, body }) {
    takeOrder(state, body.by);
    if (!body.freezes) return;
    if (body.code === "SIGNATURE_WRONG" && body.about !== undefined) withdraw(state, body.about);
    state.ending.isSuspect = true;
    if (body.snapshot !== undefined) {
      state.ending.isSnapshotTaken = true;
      state.ending.unwitnessed = seq;
    }
    if (state.phase === "active") state.phase = "frozen";
    watchStop(state, at);
  },
};

/** Who found it has signed what he found. */
function foundBy(state: SessionState, { by, code, message, freezes }: Readonly<Incident>): Refusal | undefined {
  const refusal = orderRefusal(state, "freeze", by);
  if (refusal !== undefined || by === undefined) return refusal;
  const read = readSigned("order", by);
  const isSaid = freezes && read.ok && read.signed.document.reason === `${code}: ${message}`;
  return isSaid ? undefined : ["RECORD_INCONSISTENT", "the order is to freeze the session for something else"];
}
