/** The end of a session: its witness, then its checks, then its close. Nothing of it comes twice, or out of turn (SPEC §10). */
import type { Witness } from "../../../schema/ledger.ts";
import { isBetter, outcomeOf, unfinishedWitness } from "../ending.ts";
import type { SessionState } from "../state.ts";
import { closeRefusal, takeOrder } from "./orders.ts";
import type { Refusal, Step } from "./step.ts";

/**
 * The witness of the end stops the session, whatever it was doing, so that what is checked afterwards stays as it is. That of an
 * incident leaves the session frozen, and people may still resume it.
 */
export const witness: Step<"witness"> = {
  refuse(state, { body }) {
    const { part = 1, parts = 1, policyDigest, head, incident } = body;
    if ((body.part === undefined) !== (body.parts === undefined) || part > parts)
      return inconsistent("a part of a witness says which one it is, and of how many");
    if (policyDigest !== state.policy) return inconsistent("the witness is of another policy");
    const begun = unfinishedWitness(state.ending);
    if (begun === undefined) return beginRefused(state, body, part);
    const isNext = part === begun.written + 1 && parts === begun.parts && head === begun.head.hash;
    return isNext && incident === begun.incident
      ? undefined
      : inconsistent(`part ${begun.written + 1} of ${begun.parts} of the witness that has begun comes next`);
  },
  apply(state, { at, body: { parts = 1, incident } }) {
    const { ending, end } = state;
    const begun = unfinishedWitness(ending);
    if (begun !== undefined) {
      begun.written += 1;
      return;
    }
    ending.witness = { incident, head: end.head, parts, written: 1 };
    if (incident !== undefined) {
      ending.unwitnessed = undefined;
      return;
    }
    if (state.phase === "frozen") ending.isSuspect = true;
    state.phase = "witness";
    ending.stoppedAt = at;
  },
};

function beginRefused(state: SessionState, { head, incident }: Readonly<Witness>, part: number): Refusal | undefined {
  const { ending, end, phase, reservations } = state;
  if (part !== 1) return inconsistent("a witness begins with its first part");
  if (head !== end.head.hash) return inconsistent("a witness speaks of everything up to the record before it");
  if (incident !== undefined)
    return incident === ending.unwitnessed ? undefined : inconsistent(`record ${incident} waits for no witness`);
  if (phase === "witness") return inconsistent("the session has its witness");
  if (ending.unwitnessed !== undefined)
    return inconsistent(`the incident of record ${ending.unwitnessed} has no witness yet`);
  const [flying] = [...reservations.values()].filter(({ consumedAt }) => consumedAt !== undefined);
  return flying && ["EFFECT_IN_FLIGHT", `nobody has said yet how the effect of record ${flying.decided} ended`];
}

export const postcondition: Step<"postcondition"> = {
  refuse(state, { body: { id } }) {
    if (!isWitnessed(state)) return inconsistent("postconditions are checked once the session's witness is written");
    return state.ending.checks.has(id) ? inconsistent(`the postcondition ${id} was checked before`) : undefined;
  },
  apply({ ending }, { body: { id, holds, critical } }) {
    ending.checks.set(id, { holds, critical });
  },
};

export const closed: Step<"closed"> = {
  refuse(state, { at, body }) {
    if (!isWitnessed(state)) return inconsistent("a session is closed once its witness is written");
    const outcome = outcomeOf(state);
    if (isBetter(body.as, outcome))
      return inconsistent(`the session ends as ${outcome}, which is worse than ${body.as}`);
    if (body.as === "killed" && !state.killed) return inconsistent("nobody has killed the session");
    return closeRefusal(state, at, body.by);
  },
  apply(state, { body }) {
    state.phase = "closed";
    state.ending.closedAs = body.as;
    takeOrder(state, body.by);
  },
};

/** Whole, and the session is at its end. */
function isWitnessed({ phase, ending }: SessionState): boolean {
  return phase === "witness" && unfinishedWitness(ending) === undefined;
}

function inconsistent(message: string): Refusal {
  return ["RECORD_INCONSISTENT", message];
}
