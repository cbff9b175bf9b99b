/** Faults of an engine as a whole: whatever it is made of, this is what comes out of it. */
import type { EngineAnswer } from "../../schema/verdict.ts";
import { allows, denies, faults } from "../runtime/fakes.ts";
import { type Kind, type Way, waysOf } from "./kinds.ts";

export interface JudgeCall {
  readonly honest: () => EngineAnswer;
  /** Asks the same evaluator something else. */
  readonly askAgain: () => unknown;
}

export const answerWays: readonly Way<JudgeCall>[] = [
  ...Object.entries(faults).map(([name, answer]) => ({ kind: kindOf(name), name, answer: () => answer() })),
  ...waysOf<JudgeCall>("opposite", {
    "allows what is denied, denies what is allowed": ({ honest }) =>
      honest().verdict === "allow" ? denies() : allows(),
    "leaves one violation out, or makes one up": ({ honest }, pick) => without(honest(), pick),
  }),
  ...waysOf<JudgeCall>("another request's answer", {
    "answers what it answered before": (_, __, stale) => stale[0],
  }),
  ...waysOf<JudgeCall>("other order", {
    "answers backwards": ({ honest }) => {
      const { verdict, violations } = honest();
      return { violations: violations.toReversed(), verdict };
    },
  }),
  ...waysOf<JudgeCall>("re-entry", {
    "asks its host before it answers": ({ honest, askAgain }) => {
      askAgain();
      return honest();
    },
    "asks its host after it has judged": ({ honest, askAgain }) => {
      const answer = honest();
      askAgain();
      return answer;
    },
  }),
];

function kindOf(name: string): Kind {
  if (name.startsWith("throws")) return "throw";
  if (name === "recurses for ever") return "trap";
  return name === "answers nothing" || name === "answers null" ? "nothing" : "nonsense";
}

function without({ violations }: EngineAnswer, pick: number): unknown {
  if (violations.length < 2) return violations.length === 0 ? denies() : allows();
  return { verdict: "deny", violations: violations.toSpliced(pick % violations.length, 1) };
}
