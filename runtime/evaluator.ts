/** One loaded envelope as the host holds it. */
import type { Envelope } from "../schema/envelope.ts";
import type { HostileRequest } from "../schema/request.ts";
import type { EngineName, Verdict } from "../schema/verdict.ts";
import { type Decided, decide, judge, type LoadedEnvelope } from "./decide.ts";
import type { Decoded, DecodeLimits, Proposal } from "./decode/decode.ts";
import type { FactsSource } from "./facts.ts";
import type { FaultReport } from "./fault.ts";

/** Its functions are synchronous and never throw. */
export interface Evaluator {
  readonly envelope: Envelope;
  /** `sha256:<hex>` */
  readonly envelopeDigest: string;
  /** `sha256:<hex>` */
  readonly policyDigest: string;
  readonly engines: readonly EngineName[];
  /** What the decoder takes. */
  readonly limits: DecodeLimits;
  decide(proposal: Proposal, facts: FactsSource): Verdict;
  /** The same, with the report where the verdict stands for a fault. */
  decideReported(proposal: Proposal, facts: FactsSource): Decided;
  decode(proposal: Proposal): Decoded;
  judge(request: HostileRequest): Verdict;
  /** Gives up what the engines hold; from then on every verdict is deny. */
  drop(): void;
}

/** Hears of every verdict that stands for a fault. What it throws is ignored: it cannot change the verdict. */
export type FaultSubscriber = (report: FaultReport) => unknown;

export function evaluatorOf(loaded: LoadedEnvelope, drop: () => void, onFault?: FaultSubscriber): Evaluator {
  const reported = (decided: Decided): Decided => {
    if (decided.report !== undefined && onFault !== undefined) tell(onFault, decided.report);
    return decided;
  };
  return {
    envelope: loaded.envelope,
    envelopeDigest: loaded.digests.envelope,
    policyDigest: loaded.digests.policy,
    limits: loaded.limits,
    engines: loaded.judges.map(({ name }) => name),
    decide: (proposal, facts) => reported(decide(loaded, proposal, facts)).verdict,
    decideReported: (proposal, facts) => reported(decide(loaded, proposal, facts)),
    decode: loaded.decode,
    judge: (request) => reported(judge(loaded, request)).verdict,
    drop,
  };
}

/** A subscriber that fails, at once or later, must not change the verdict, and there is nobody else to tell. */
function tell(subscriber: FaultSubscriber, report: FaultReport): void {
  try {
    // Also of a promise of another realm, or another library's.
    Promise.resolve(subscriber(report)).catch(() => undefined);
  } catch {
    // See above.
  }
}
