/** People let a session go on that a breaker or an incident has stopped, or an outcome that nobody knows has left in doubt. An agent never does, and its attempts are recorded (SPEC §10). */
import type { LedgerFault } from "../../ledger/log.ts";
import type { RecordProblemCode } from "../../ledger/problem.ts";
import type { LedgerRecord } from "../../ledger/record.ts";
import { stopOf } from "../../ledger/stop.ts";
import type { People } from "../../people/registry.ts";
import { type ResumptionDenial, verifyResumption } from "../../people/resumption.ts";
import { appendSoon, type Contention, contention } from "../append.ts";
import { haltTripped } from "../breakers/halt.ts";
import type { Caller } from "../decide-and-reserve.ts";
import { clockOrLast, type Desk, timeOrLast } from "../desk.ts";
import { peopleInForce } from "../holds/people.ts";

export type ResumeDenial = ResumptionDenial | RecordProblemCode | "NEW_ENVELOPE_REQUIRED";

export type Resumption =
  | { readonly outcome: "resumed"; readonly record: LedgerRecord }
  | {
      readonly outcome: "refused";
      readonly code: ResumeDenial;
      /** One sentence. */
      readonly message: string;
      /** Of the record of the denial; null where none could be written. */
      readonly seq: number | null;
    }
  | { readonly outcome: "failed"; readonly fault: LedgerFault | Contention };

export async function resume(
  desk: Desk,
  texts: readonly string[],
  people: People,
  why: string | undefined,
  by: Caller | undefined,
): Promise<Resumption> {
  const { log, options } = desk;
  const { envelope } = options.evaluator;
  const approvals = Array.isArray(texts) ? texts.map((text: unknown) => (typeof text === "string" ? text : "")) : [];
  const reason = typeof why === "string" && why !== "" ? why.slice(0, longest).toWellFormed() : undefined;
  // Whoever gives no name might be the agent.
  if (by !== undefined && (typeof by.principal !== "string" || by.principal === envelope.principal))
    return refuse(desk, "RECOVERY_FROM_AGENT_DENIED", "the agent itself asks to go on");
  for (let attempt = 0; attempt < options.attempts; attempt++) {
    const fault = await log.refresh();
    if (fault !== undefined) return { outcome: "failed", fault };
    const halted = await haltTripped(desk);
    if (halted.outcome === "failed") return halted;
    if (halted.outcome === "lost") continue;
    // As it is now: what comes while the keys are verified may need more of them.
    const { end } = log.state;
    const inForce = await peopleInForce(log.state.people);
    const stop = stopOf(log.state);
    const { session } = end;
    const context = { envelope: end.envelope, session, agent: envelope.principal, now: clockOrLast(desk) };
    const judge = (by: People) => verifyResumption(approvals, reason, by, stop, context);
    const given = await judge(people);
    // Whoever is named by the caller must be good by the ledger too.
    const verified = given.ok && inForce !== undefined ? await judge(inForce) : given;
    if (!verified.ok) return refuse(desk, strangers.get(verified.code) ?? verified.code, verified.message);
    if (envelope.recovery === "new_envelope_required")
      return refuse(desk, "NEW_ENVELOPE_REQUIRED", "the envelope says that it never resumes: a new one is needed");
    const body = { approvals: verified.approvals.map(({ jws }) => jws), ...(reason === undefined ? {} : { reason }) };
    const result = await log.append({ type: "resumed", at: clockOrLast(desk), body }, end.head);
    if (result.outcome === "appended") return { outcome: "resumed", record: result.record };
    if (result.outcome === "failed") return result;
    if (result.outcome === "refused") return refuse(desk, result.problem.code, result.problem.message);
  }
  return { outcome: "failed", fault: contention(options.attempts) };
}

const longest = 2_000;

/** Keys that are no operator's: nobody can tell them from the agent's own. */
const strangers: ReadonlyMap<ResumptionDenial, ResumptionDenial> = new Map(
  (["APPROVAL_MALFORMED", "APPROVAL_SIGNATURE", "APPROVAL_KEY", "APPROVAL_ROLE"] as const).map((code) => [
    code,
    "RECOVERY_FROM_AGENT_DENIED",
  ]),
);

async function refuse(desk: Desk, code: ResumeDenial, told: string): Promise<Resumption> {
  const message = told.slice(0, longest).toWellFormed();
  const recorded = await appendSoon(desk.log, desk.options.attempts, () => ({
    type: "decided",
    at: timeOrLast(desk),
    body: {
      proposalHash: null,
      verdict: "deny",
      violations: [{ id: "resume", code, pointer: "/recovery", message }],
      request: null,
      engines: [],
      policy: desk.options.evaluator.policyDigest,
      executed: false,
    },
  }));
  return { outcome: "refused", code, message, seq: recorded.outcome === "appended" ? recorded.record.seq : null };
}
