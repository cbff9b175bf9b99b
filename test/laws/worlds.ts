/** Generated envelopes with requests for them, as the laws need them. */
import fc from "fast-check";
import type { HostileRequest } from "../../schema/request.ts";
import type { EngineAnswer } from "../../schema/verdict.ts";
import type { Built } from "../agreement/build/built.ts";
import { buildEnvelope } from "../agreement/build/envelope.ts";
import { answerOf, loadEverywhere } from "../agreement/engines.ts";
import { envelopePlan } from "../agreement/plan.ts";
import { draft, type RequestPlan, requestPlan } from "../agreement/requests.ts";

export const world = fc.record({
  built: envelopePlan.map(buildEnvelope),
  plans: fc.array(requestPlan, { minLength: 1, maxLength: 15, size: "max" }),
});

export const seed = Number(process.env.AMBIT_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** More of everything in long runs. */
const scale = Math.min(10, Math.max(1, Number(process.env.AMBIT_RUNS ?? 5000) / 5000));

/** Few, because each of them is compiled and loaded into every engine. */
export const someRuns = { numRuns: 15 * scale, seed };
export const fewRuns = { numRuns: 3 * scale, seed };

/** In milliseconds, for the slowest machine. */
export const timeout = 120_000 * scale;

/** What all engines answer, for a document and requests that name its digest. */
export function answers(
  document: unknown,
  requests: (digest: string) => readonly HostileRequest[],
): readonly EngineAnswer[] {
  const evaluator = loadEverywhere(document);
  try {
    return requests(evaluator.envelopeDigest).map((request) => answerOf(evaluator, request));
  } finally {
    evaluator.drop();
  }
}

/** The made-up requests of a world. */
export function requestsOf(built: Built, plans: readonly RequestPlan[]): (digest: string) => readonly HostileRequest[] {
  return (digest) =>
    plans.map((plan) => {
      const { request, fields } = draft(built, digest, plan);
      return request(fields);
    });
}
