/** What is asked: envelopes, the examples' and generated ones, with questions and the honest answers to them. */
import fc from "fast-check";
import { compile } from "../../compiler/compile.ts";
import { exampleNames, judgeExample, openExample } from "../../examples/example.ts";
import { createHost, type Evaluator } from "../../runtime/index.ts";
import type { Artefacts } from "../../schema/artefacts.ts";
import type { EngineAnswer, Verdict } from "../../schema/verdict.ts";
import { buildEnvelope } from "../agreement/build/envelope.ts";
import { envelopePlan } from "../agreement/plan.ts";
import { draft, requestPlan } from "../agreement/requests.ts";

export interface Question {
  readonly ask: (evaluator: Evaluator) => Verdict;
  readonly honest: EngineAnswer;
}

export interface World {
  readonly artefacts: Artefacts;
  /** At least one, and each of them reaches the engines. */
  readonly questions: readonly Question[];
}

const reference = createHost({ engines: ["reference"] });

/** The same for the same seed. */
export async function openWorlds(seed: number, generated: number): Promise<readonly World[]> {
  const examples = await Promise.all((await exampleNames()).map(openExample));
  const worlds = examples.map((example): World => {
    const { evaluator, judged } = judgeExample(example, reference);
    const requests = judged.flatMap(({ answer }) => answer.verdict.request ?? []);
    return {
      artefacts: example.artefacts,
      questions: questionsOf(
        evaluator,
        requests.map((r) => (e) => e.judge(r)),
      ),
    };
  });
  const plans = fc.sample(envelopePlan, { seed, numRuns: generated });
  return [...worlds, ...plans.map((plan, index) => madeUp(plan, seed + index))].filter(
    ({ questions }) => questions.length > 0,
  );
}

const questionsEach = 100;

function madeUp(plan: Parameters<typeof buildEnvelope>[0], seed: number): World {
  const built = buildEnvelope(plan);
  const { artefacts } = compile(new TextEncoder().encode(JSON.stringify(built.document)));
  if (artefacts === undefined) throw new Error("a generated envelope does not compile");
  const evaluator = reference.load(artefacts);
  const asks = fc.sample(requestPlan, { seed, numRuns: questionsEach }).map((plan) => {
    const { proposal, fields, request } = draft(built, evaluator.envelopeDigest, plan);
    const made = request(fields);
    const text = JSON.stringify(proposal);
    return (e: Evaluator) => (proposal === undefined ? e.judge(made) : e.decide(text, made));
  });
  return { artefacts, questions: questionsOf(evaluator, asks) };
}

function questionsOf(evaluator: Evaluator, asks: readonly Question["ask"][]): readonly Question[] {
  return asks.flatMap((ask) => {
    const { request, verdict, violations } = ask(evaluator);
    if (request?.envelope !== evaluator.envelopeDigest) return [];
    return { ask, honest: { verdict, violations: violations.map(({ id }) => id) } };
  });
}
