/** A verdict; an allow takes its reservation, counts in its windows and uses up the approvals of its proposal. */
import { showText } from "../../../schema/json/show.ts";
import type { Charges, Decided } from "../../../schema/ledger.ts";
import { ownMember } from "../../own.ts";
import type { SessionState } from "../state.ts";
import { holdProblem, watchHold } from "./holds.ts";
import { notRunning } from "./running.ts";
import type { Refusal, Step } from "./step.ts";
import { isOfResumption, isOfStranger } from "./strangers.ts";
import { watchVerdict } from "./watch.ts";

export const decided: Step<"decided"> = {
  refuse(state, { at, body }) {
    const { proposalId, proposalHash, verdict, reservation, request, violations } = body;
    const inconsistent = (message: string): Refusal => ["RECORD_INCONSISTENT", message];
    if (request !== null && ownMember(request, "now") !== at)
      return inconsistent("the request was judged at another time than the record's");
    const before = proposalId === undefined ? undefined : state.proposals.get(proposalId);
    if (before !== undefined && (before.verdict !== "hold" || before.proposalHash !== proposalHash))
      return [
        "PROPOSAL_REPEATED",
        `the proposal \`${showText(proposalId ?? "")}\` was decided in record ${before.seq}`,
      ];
    const held = holdProblem(body, at);
    if (held !== undefined) return held;
    if (verdict !== "allow") {
      if (violations.length === 0) return inconsistent(`a ${verdict} violates no bound`);
      return reservation === undefined ? undefined : inconsistent(`a ${verdict} reserves nothing`);
    }
    if (reservation === undefined || proposalHash === null || effectOf(body) === "" || violations.length > 0)
      return inconsistent("an allow has a reservation, a proposal hash, an effect, and no violation");
    if (reservation.expiresAt <= at) return ["TOKEN_LIFETIME", "the token would have expired before it was given"];
    return notRunning(state) ?? overflow(state, reservation.charges);
  },
  apply(state, record) {
    const { seq, at, body, hash: recordHash } = record;
    const { proposalId, proposalHash, verdict, reservation } = body;
    if (proposalId !== undefined) state.proposals.set(proposalId, { seq, recordHash, proposalHash, verdict });
    if (isOfStranger(body)) state.strangers += 1;
    else if (!isOfResumption(body)) watchVerdict(state, body);
    watchHold(state, record);
    if (reservation === undefined || proposalHash === null) return;
    const effect = effectOf(body);
    const charges = new Map(Object.entries(reservation.charges));
    for (const [bound, { amount, bucket }] of charges) state.sums.add(bound, amount, bucket);
    const { jti, expiresAt } = reservation;
    state.reservations.set(seq, {
      decided: seq,
      recordHash,
      jti,
      effect,
      proposalHash,
      at,
      expiresAt,
      charges,
      consumedAt: undefined,
    });
    state.shortestLife = Math.min(state.shortestLife, expiresAt - at);
    const allows = state.allows.get(effect);
    if (allows === undefined) state.allows.set(effect, [at]);
    else allows.push(at);
    state.approvals.delete(proposalHash);
  },
};

function effectOf({ request }: Readonly<Decided>): string {
  const effect = ownMember(request, "effect");
  return typeof effect === "string" ? effect : "";
}

function overflow({ sums }: SessionState, charges: Charges): Refusal | undefined {
  const beyond = Object.entries(charges).find(([bound, charge]) => !sums.holds(bound, charge));
  return beyond && ["SUM_OVERFLOW", `the sum of ${beyond[0]} would be no exact integer`];
}
