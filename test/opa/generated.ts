/** Generated envelopes in one bundle, and generated requests for them with the reference's answers. */
import fc from "fast-check";
import { bundle } from "../../compiler/bundle.ts";
import { archive } from "../../compiler/targets/rego/archive.ts";
import { boundKindOf } from "../../schema/bounds.ts";
import { planReference } from "../../schema/reference/evaluate.ts";
import type { HostileRequest } from "../../schema/request.ts";
import type { EngineAnswer } from "../../schema/verdict.ts";
import { buildEnvelope } from "../agreement/build/envelope.ts";
import { envelopePlan } from "../agreement/plan.ts";
import { draft, requestPlan } from "../agreement/requests.ts";

export interface Question {
  readonly request: HostileRequest;
  readonly want: EngineAnswer;
}

export interface Generated {
  /** The bundle, as it is served. */
  readonly archive: Uint8Array;
  readonly envelopes: number;
  readonly questions: readonly Question[];
}

const requestsEach = 20;

export function generate(requests: number, seed: number): Generated {
  const plans = fc.sample(envelopePlan, { seed, numRuns: Math.ceil(requests / requestsEach) });
  const built = [...new Map(plans.map(buildEnvelope).map((each) => [JSON.stringify(each.document), each])).entries()];
  const { members, bundle: made } = bundle(built.map(([source]) => new TextEncoder().encode(source)));
  if (made === undefined) throw new Error("a generated envelope does not compile");
  const requestPlans = fc.sample(requestPlan, { seed, numRuns: requests });
  const questions = requestPlans.map((plan, index): Question => {
    const at = index % built.length;
    const [, one] = built[at]!;
    const digest = members[at]!.envelope!.digest;
    const drafted = draft(one, digest, plan);
    const request = drafted.request(drafted.fields);
    return { request, want: planReference(one.document, digest)(request) };
  });
  return { archive: archive(made.files), envelopes: built.length, questions };
}

/** How strong the questions are. */
export function strengthOf(questions: readonly Question[]): { readonly verdicts: string; readonly kinds: number } {
  const counts = { allow: 0, hold: 0, deny: 0 };
  const kinds = new Set<unknown>();
  for (const { want } of questions) {
    counts[want.verdict] += 1;
    for (const id of want.violations) if (id !== "envelope") kinds.add(boundKindOf(id)?.kind);
  }
  return { verdicts: `${counts.allow} allow, ${counts.hold} hold, ${counts.deny} deny`, kinds: kinds.size };
}

/** Where an answer differs from the reference's in verdict or in the set of violations, in one line; undefined where it does not. */
export function differenceOf({ request, want }: Question, got: unknown): string | undefined {
  const answer = JSON.stringify(inOneOrder(got));
  const wanted = JSON.stringify(inOneOrder(want));
  return answer === wanted ? undefined : `got ${answer}, the reference says ${wanted}: ${JSON.stringify(request)}`;
}

function inOneOrder(answer: unknown): unknown {
  if (typeof answer !== "object" || answer === null || !("verdict" in answer) || !("violations" in answer))
    return answer;
  const { verdict, violations, ...others } = answer;
  return { verdict, violations: Array.isArray(violations) ? violations.toSorted() : violations, ...others };
}
