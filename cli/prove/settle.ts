/** One claim: asked, and its answer judged. Whatever is not an answer leaves it unsettled. */
import type { HostileRequest } from "../../schema/request.ts";
import type { EngineAnswer, Verdict } from "../../schema/verdict.ts";
import { readCedarRequest } from "./cedar-request.ts";
import type { Claim, Counterexample, Outcome, Settled } from "./claim.ts";
import type { Answer, Ask } from "./question.ts";
import { requestOf } from "./request-of.ts";

export interface Judges {
  /** The reference, of the envelope's source. */
  readonly reference: (request: HostileRequest) => EngineAnswer;
  /** Every engine and the reference together. */
  readonly everyone: (request: HostileRequest) => Verdict;
}

export async function settle(claim: Claim, ask: Ask, judges: Judges): Promise<Settled> {
  const { by, action } = claim;
  switch (by.kind) {
    case "plain": {
      const outcome: Outcome = { kind: by.holds ? "proven" : "refuted", reason: by.reason };
      return { claim, milliseconds: 0, outcome };
    }
    case "request":
      return { claim, milliseconds: 0, outcome: allowed(by.request, "", judges) };
    case "holds": {
      const { answer, milliseconds } = await ask({ action, question: by.question });
      if (answer.kind !== "fails" || by.worse === undefined)
        return { claim, milliseconds, outcome: outcomeOf(answer, judges) };
      const { answer: worst, milliseconds: more } = await ask({ action, question: by.worse });
      const outcome = outcomeOf(worst.kind === "fails" ? worst : answer, judges);
      return { claim, milliseconds: milliseconds + more, outcome };
    }
    case "example": {
      const { answer, milliseconds } = await ask({ action, question: by.question });
      if (answer.kind === "unsettled") return { claim, milliseconds, outcome: answer };
      if (answer.kind === "holds") {
        return { claim, milliseconds, outcome: { kind: "refuted", reason: "no request at all is allowed" } };
      }
      const read = readCedarRequest(answer.counterexample);
      if (read === undefined) return { claim, milliseconds, outcome: unreadable };
      return { claim, milliseconds, outcome: allowed(requestOf(read), answer.counterexample, judges) };
    }
  }
}

function outcomeOf(answer: Answer, judges: Judges): Outcome {
  if (answer.kind === "holds") return { kind: "proven" };
  if (answer.kind === "unsettled") return answer;
  const counterexample = counterexampleOf(answer.counterexample, judges);
  return { kind: "refuted", reason: "it does not hold", counterexample };
}

const unreadable: Outcome = { kind: "unsettled", reason: "the solver's example cannot be read" };

function allowed(request: HostileRequest, text: string, { everyone, reference }: Judges): Outcome {
  const verdict = everyone(request);
  if (verdict.verdict === "allow") return { kind: "proven" };
  const reason = `not every engine allows it: ${verdict.violations.map(({ id }) => id).join(", ")}`;
  return { kind: "refuted", reason, counterexample: { request, text, reference: reference(request), verdict } };
}

function counterexampleOf(text: string, { reference }: Judges): Counterexample {
  const read = readCedarRequest(text);
  const request = read === undefined ? undefined : requestOf(read);
  return { request, text, reference: request === undefined ? undefined : reference(request) };
}
