/** Tool call → verdict: decode, request, engines, agreement. Synchronous, pure and total; there is no clock in here. */
import type { Envelope } from "../schema/envelope.ts";
import type { HostileRequest } from "../schema/request.ts";
import type { Verdict } from "../schema/verdict.ts";
import { agree, ask, type Judge, renewDistrusted } from "./agree.ts";
import { boundsJudged } from "./bounds-of.ts";
import type { DecodeLimits, Decoder, Proposal } from "./decode/decode.ts";
import { type FactsSource, gatherFacts } from "./facts.ts";
import { type FaultReport, reasonOf } from "./fault.ts";
import { plainRecord } from "./plain-copy.ts";
import { buildRequest } from "./request.ts";
import { type Digests, faulted, judged, unjudged } from "./verdict.ts";

/** One loaded envelope, ready to judge. */
export interface LoadedEnvelope {
  readonly envelope: Envelope;
  readonly digests: Digests;
  readonly decode: Decoder;
  readonly limits: DecodeLimits;
  readonly judges: readonly Judge[];
}

/** A verdict, and the report where it stands for a fault. */
export interface Decided {
  readonly verdict: Verdict;
  readonly report?: FaultReport;
}

export function decide(loaded: LoadedEnvelope, proposal: Proposal, facts: FactsSource): Decided {
  let code: "ENGINE_FAILURE" | "STORE_UNAVAILABLE" = "ENGINE_FAILURE";
  try {
    const decoded = loaded.decode(proposal);
    if (!decoded.ok) return { verdict: unjudged(loaded.digests, decoded.failures) };
    code = "STORE_UNAVAILABLE";
    const known = typeof facts === "function" ? gatherFacts(facts, decoded.call) : facts;
    const request = buildRequest(loaded.digests.envelope, decoded.call, known);
    code = "ENGINE_FAILURE";
    return judgeOwn(loaded, request);
  } catch (cause) {
    return faulted(loaded.digests, { code, message: reasonOf(cause), cause }, null, []);
  }
}

/** The part after decoding, for a request that is at hand already. Total. */
export function judge(loaded: LoadedEnvelope, request: HostileRequest): Decided {
  try {
    return judgeOwn(loaded, plainRecord(request));
  } catch (cause) {
    return faulted(loaded.digests, { code: "ENGINE_FAILURE", message: reasonOf(cause), cause }, null, []);
  }
}

/** @param request held by nobody else */
function judgeOwn(loaded: LoadedEnvelope, request: HostileRequest): Decided {
  const isBound = boundsJudged(loaded.envelope, loaded.digests.envelope, request);
  const outcomes = loaded.judges.map((engine) => ask(engine, request, isBound));
  try {
    const agreement = agree(outcomes);
    if (!agreement.agreed) {
      renewDistrusted(loaded.judges, outcomes);
      return faulted(loaded.digests, agreement.fault, request, outcomes);
    }
    return { verdict: judged(loaded.digests, loaded.envelope, request, agreement.answer, outcomes) };
  } catch (cause) {
    return faulted(loaded.digests, { code: "ENGINE_FAILURE", message: reasonOf(cause), cause }, null, outcomes);
  }
}
