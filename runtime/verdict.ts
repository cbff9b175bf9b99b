/** The three ways a decision ends: judged, undecodable, faulted (SPEC §3, §5). */

import { pointerOf } from "../schema/bound-pointer.ts";
import { boundKindOf } from "../schema/bounds.ts";
import type { Envelope } from "../schema/envelope.ts";
import type { FieldValues, HostileRequest } from "../schema/request.ts";
import type { EngineAnswer, Verdict, Violation } from "../schema/verdict.ts";
import type { Fault, FaultReport, Outcome } from "./fault.ts";
import { describeViolation } from "./messages/describe.ts";
import { ownMember } from "./own.ts";

/** Both `sha256:<hex>`. */
export interface Digests {
  readonly envelope: string;
  readonly policy: string;
}

type Ending = Pick<Verdict, "verdict" | "violations" | "engines"> & { readonly request: HostileRequest | null };

/** All engines gave this answer; its violations stand in the table's order. */
export function judged(
  digests: Digests,
  envelope: Envelope,
  request: HostileRequest,
  answer: EngineAnswer,
  outcomes: readonly Outcome[],
): Verdict {
  const violations = answer.violations.map((id): Violation => {
    const code = boundKindOf(id)?.code ?? "CAPABILITY_NOT_GRANTED";
    const message = describeViolation(id, envelope, request);
    return { id, code, pointer: pointerOf(id, envelope), message };
  });
  const engines = outcomes.map(({ engine }) => engine);
  return verdictOf(digests, { verdict: answer.verdict, violations, engines, request });
}

/** No engine was asked: the call is none that the envelope can judge, or its session cannot answer for it. */
export function unjudged(digests: Digests, violations: readonly Violation[]): Verdict {
  return verdictOf(digests, { verdict: "deny", violations, engines: [], request: null });
}

/** The engines that answered stand in the verdict, the others in the report. */
export function faulted(
  digests: Digests,
  fault: Fault,
  request: HostileRequest | null,
  outcomes: readonly Outcome[],
): { readonly verdict: Verdict; readonly report: FaultReport } {
  const id = fault.code === "STORE_UNAVAILABLE" ? "store" : "engine";
  const violations = [{ id, code: fault.code, pointer: "", message: fault.message }];
  const engines = outcomes.filter(({ ok }) => ok).map(({ engine }) => engine);
  return {
    verdict: verdictOf(digests, { verdict: "deny", violations, engines, request }),
    report: { ...fault, envelopeDigest: digests.envelope, request, outcomes },
  };
}

function verdictOf(digests: Digests, { verdict, violations, engines, request }: Ending): Verdict {
  const [primary] = violations;
  const effect = ownMember(request, "effect");
  const fields = ownMember(request, "fields");
  return {
    verdict,
    code: primary?.code ?? null,
    primary: primary?.id ?? null,
    violations,
    effect: typeof effect === "string" ? effect : null,
    fields: isFieldValues(fields) ? fields : null,
    engines,
    request,
    envelopeDigest: digests.envelope,
    policyDigest: digests.policy,
  };
}

/** Fields are the decoder's; a request that came without a call may hold anything below. */
function isFieldValues(value: unknown): value is FieldValues {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
