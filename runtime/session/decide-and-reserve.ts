/** The verdict on the state of the moment, and what an allow reserves; nothing is written yet. */
import { canonicalJson } from "../../schema/json/canonical.ts";
import { sha256Base64url } from "../../schema/json/sha256.ts";
import type { Decided as DecidedBody, ReservationMade } from "../../schema/ledger.ts";
import type { Decided } from "../decide.ts";
import type { OnceRead } from "../decode/proposal.ts";
import { isJustification } from "../facts.ts";
import type { ProposalName } from "../proposal-hash.ts";
import { faulted, unjudged } from "../verdict.ts";
import type { Desk } from "./desk.ts";
import { holdExpiry } from "./holds/expiry.ts";
import { keptWords } from "./holds/kept-words.ts";
import { afterRefusals } from "./holds/refused.ts";

/** Who proposes, as the host has authenticated him; never taken from the proposal. */
export interface Caller {
  /** What is no string is nobody. */
  readonly principal: unknown;
  /** What is no string, or blank, is none. Its content is never read. */
  readonly justification?: unknown;
}

export interface Considered {
  readonly decided: Decided;
  readonly reservation?: ReservationMade;
  /** What the record says besides. */
  readonly kept?: Pick<DecidedBody, "expiresAt" | "justification" | "narrative">;
}

export function decideAndReserve(
  desk: Desk,
  proposal: OnceRead,
  name: ProposalName,
  caller: Caller,
  now: number,
): Considered {
  const { evaluator, tokenSeconds } = desk.options;
  const proposalHash = name.hash ?? "";
  const decided = evaluator.decideReported(proposal, ({ effect, fields }) => ({
    // What no record could hold is nobody.
    principal: typeof caller.principal === "string" && caller.principal.isWellFormed() ? caller.principal : null,
    now,
    justified: isJustification(caller.justification),
    state: desk.facts.stateOf(desk.log.state, { effect, fields, proposalHash }, now),
  }));
  const { verdict, effect, fields } = decided.verdict;
  const kept = keptWords(evaluator, proposal.given, caller, decided.verdict);
  if (verdict === "hold") {
    const after = afterRefusals(evaluator, desk.log.state, decided.verdict, proposalHash);
    if (after.verdict === "hold") return { decided, kept: { ...kept, expiresAt: holdExpiry(desk, proposalHash, now) } };
    const { narrative: _, ...rest } = kept;
    return { decided: { ...decided, verdict: after }, kept: rest };
  }
  if (verdict !== "allow") return { decided, kept };
  const charges =
    effect === null || fields === null ? undefined : desk.facts.chargesOf({ effect, fields, proposalHash }, now);
  if (charges === undefined || name.hash === undefined) return { decided: unreservable(desk) };
  const expiresAt = Math.min((Math.floor(now / 1000) + tokenSeconds) * 1000, desk.end);
  if (expiresAt <= now) return { decided: tooLate(desk) };
  return { decided, kept, reservation: { charges, expiresAt, jti: tokenId(desk, name.hash) } };
}

function tooLate({ options: { evaluator } }: Desk): Decided {
  const message = "the envelope ends within the second: a token would have no time";
  const violation = { id: "token", code: "ENVELOPE_EXPIRED", pointer: "", message } as const;
  return { verdict: unjudged({ envelope: evaluator.envelopeDigest, policy: evaluator.policyDigest }, [violation]) };
}

/** Every allow states its costs and has a hash: where one does not, an engine was wrong. */
function unreservable({ options: { evaluator } }: Desk): Decided {
  const digests = { envelope: evaluator.envelopeDigest, policy: evaluator.policyDigest };
  return faulted(digests, { code: "ENGINE_FAILURE", message: "what was allowed cannot be reserved" }, null, []);
}

/** Nothing random: the place of the record in its chain, and the proposal, are nobody else's. */
function tokenId({ log }: Desk, proposalHash: string): string {
  const { session, head } = log.state.end;
  const place = { prev: head.hash, proposalHash, seq: head.seq + 1, session };
  return sha256Base64url(canonicalJson(place));
}
