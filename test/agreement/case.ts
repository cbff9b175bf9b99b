/** One envelope and the requests made up for it, told so that a failure can be read. */
import type { Evaluator } from "../../runtime/index.ts";
import { canonicalJson } from "../../schema/json/canonical.ts";
import type { HostileRequest } from "../../schema/request.ts";
import type { EngineAnswer } from "../../schema/verdict.ts";
import type { Built } from "./build/built.ts";
import { answerOf } from "./engines.ts";
import { type Drafted, draft, type RequestPlan } from "./requests.ts";

export interface Judged {
  readonly request: HostileRequest;
  readonly answer: EngineAnswer;
}

/** Decodes where the plan says so, and asks every engine. */
export function judge(evaluator: Evaluator, built: Built, plan: RequestPlan): Judged {
  const drafted = draft(built, evaluator.envelopeDigest, plan);
  const request = drafted.request(decodedFields(evaluator, built, drafted));
  try {
    return { request, answer: answerOf(evaluator, request) };
  } catch (cause) {
    throw new Error(told(cause, built, request));
  }
}

/** What the real decoder makes of the call, which must be what the generator expects. */
function decodedFields(evaluator: Evaluator, built: Built, { effect, proposal, fields }: Drafted): unknown {
  if (proposal === undefined) return fields;
  const decoded = evaluator.decode(JSON.stringify(proposal));
  const wanted = canonicalJson({ effect: effect.name, fields });
  const got = decoded.ok
    ? canonicalJson({ effect: decoded.call.effect, fields: decoded.call.fields })
    : JSON.stringify(decoded.failures);
  if (got !== wanted) throw new Error(told(`decoded ${got}\nexpected ${wanted}`, built, proposal));
  return decoded.ok ? decoded.call.fields : undefined;
}

function told(cause: unknown, { document }: Built, request: unknown): string {
  const said = cause instanceof Error ? cause.message : String(cause);
  return `${said}\n\nenvelope ${JSON.stringify(document, null, 2)}\n\nrequest ${JSON.stringify(request, null, 2)}`;
}
