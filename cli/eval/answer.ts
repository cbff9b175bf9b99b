/** Line → verdict, through the runtime's own front door. */
import type { Evaluator } from "../../runtime/evaluator.ts";
import { type HostileFacts, isJustification } from "../../runtime/facts.ts";
import { freshState } from "../../runtime/session/fresh.ts";
import { unjudged } from "../../runtime/verdict.ts";
import type { Verdict } from "../../schema/verdict.ts";
import type { Line, Question } from "./line.ts";
import { mergeState } from "./state.ts";
import { differenceFrom } from "./want.ts";

export interface Answer {
  readonly id: string;
  readonly verdict: Verdict;
  /** Epoch milliseconds: the line's, or the clock's. */
  readonly now: number;
  /** What differs from the line's `want`; undefined where it is met or there is none. */
  readonly difference?: string;
  /** A difference, or a verdict that is not allow where the line did not want it. */
  readonly isFinding: boolean;
}

/** @param clock epoch milliseconds, for lines without `now` */
export function answerTo(line: Line, evaluator: Evaluator, clock: () => number): Answer {
  const { question } = line;
  const now = timeOf(line, clock);
  const verdict = question.ok ? decideOn(question.value, evaluator, now) : faultyLine(evaluator, question.fault);
  return answerOf(line, verdict, now);
}

export function timeOf({ question }: Line, clock: () => number): number {
  return (question.ok ? question.value.now : undefined) ?? clock();
}

export function answerOf({ id, want }: Line, verdict: Verdict, now: number): Answer {
  const difference = want === undefined ? undefined : differenceFrom(want, verdict);
  const isFinding = want === undefined ? verdict.verdict !== "allow" : difference !== undefined;
  return { id, verdict, now, isFinding, ...(difference === undefined ? {} : { difference }) };
}

function decideOn(question: Question, evaluator: Evaluator, now: number): Verdict {
  const { envelope } = evaluator;
  return evaluator.decide(
    question.proposal,
    (call): HostileFacts => ({
      principal: question.principal === undefined ? envelope.principal : question.principal,
      now,
      justified: isJustification(question.justification),
      state: mergeState(freshState(envelope, call.effect, now), question.state),
    }),
  );
}

export function faultyLine({ envelopeDigest, policyDigest }: Evaluator, message: string): Verdict {
  const violation = { id: "decode", code: "DECODE_FAILED", pointer: "", message } as const;
  return unjudged({ envelope: envelopeDigest, policy: policyDigest }, [violation]);
}
