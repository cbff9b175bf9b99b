/** From a verdict to the `decided` record that says it (SPEC §7). */
import type { Decided as DecidedBody, EngineRecorded, ReservationMade } from "../../schema/ledger.ts";
import type { Verdict } from "../../schema/verdict.ts";
import type { Decided } from "../decide.ts";
import type { Outcome } from "../fault.ts";
import type { Entry } from "../ledger/record.ts";
import type { ProposalName } from "../proposal-hash.ts";

export function decidedEntry(
  at: number,
  { verdict, report }: Decided,
  { hash, id }: ProposalName,
  reservation: ReservationMade | undefined,
  kept: Pick<DecidedBody, "expiresAt" | "justification" | "narrative"> = {},
): Entry<"decided"> {
  const body: DecidedBody = {
    engines: report === undefined ? agreed(verdict) : report.outcomes.map(answered),
    executed: false,
    ...kept,
    policy: verdict.policyDigest,
    proposalHash: hash ?? null,
    ...(id === undefined ? {} : { proposalId: id }),
    request: verdict.request === null ? null : { ...verdict.request },
    ...(reservation === undefined ? {} : { reservation }),
    verdict: verdict.verdict,
    violations: verdict.violations.map(({ code, id, message, pointer }) => ({ code, id, message, pointer })),
  };
  return { type: "decided", at, body };
}

/** Where there is no fault, each engine has given the verdict and the violations that all of them gave; what people refuse, they hold. */
function agreed({ engines, verdict: given, violations }: Verdict): EngineRecorded[] {
  const verdict = violations.some(({ code }) => code === "APPROVAL_REFUSED") ? "hold" : given;
  return engines.map((engine) => ({ engine, verdict, violations: violations.map(({ id }) => id) }));
}

function answered(outcome: Outcome): EngineRecorded {
  if (!outcome.ok) return { engine: outcome.engine, reason: outcome.reason };
  const { verdict, violations } = outcome.answer;
  return { engine: outcome.engine, verdict, violations: [...violations] };
}
