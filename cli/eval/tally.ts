/** What the lines came to. */
import type { Decision } from "../../schema/verdict.ts";
import type { Answer } from "./answer.ts";

export interface Sums {
  readonly counts: Readonly<Record<Decision, number>>;
  /** Lines with a `want`, and those of them that differ. */
  readonly wanted: number;
  readonly differing: number;
  readonly findings: number;
}

export interface Tally {
  add(answer: Answer, isWanted: boolean): void;
  lines(): number;
  sums(): Sums;
}

export function startTally(): Tally {
  const counts = { allow: 0, hold: 0, deny: 0 };
  let [wanted, differing, findings] = [0, 0, 0];
  return {
    add({ verdict, difference, isFinding }, isWanted) {
      counts[verdict.verdict] += 1;
      if (isWanted) wanted += 1;
      if (difference !== undefined) differing += 1;
      if (isFinding) findings += 1;
    },
    lines: () => counts.allow + counts.hold + counts.deny,
    sums: () => ({ counts: { ...counts }, wanted, differing, findings }),
  };
}
