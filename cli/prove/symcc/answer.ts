/** What `cedar symcc` prints, read strictly: whatever is not exactly an answer settles nothing. */
import type { Answer, Question } from "../question.ts";

const titles: Readonly<Record<Question["check"], string>> = {
  "never-errors": "Policy never errors",
  "never-matches": "Policy never matches",
  "always-denies": "Policy set always denies",
  "matches-equivalent": "Policies have equivalent match conditions",
  "matches-disjoint": "Policies have disjoint match conditions",
  equivalent: "Policy sets are equivalent",
};

export interface Output {
  /** Null where a signal ended the process. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function readAnswer(check: Question["check"], { status, stdout, stderr }: Output): Answer {
  if (status !== 0) return { kind: "unsettled", reason: complaint(stderr) || `cedar ended with status ${status}` };
  if (stdout.trimEnd() === `✓ ${titles[check]}: VERIFIED`) return { kind: "holds" };
  const refutation = `✗ ${titles[check]}: DOES NOT HOLD\n  Counterexample found:\n`;
  if (stdout.startsWith(refutation)) return { kind: "fails", counterexample: stdout.slice(refutation.length) };
  return { kind: "unsettled", reason: `cedar answered in a form that is not known: ${firstLine(stdout)}` };
}

/** Cedar's report of an error, without its drawing. */
function complaint(stderr: string): string {
  const words = stderr
    .replace(/[\u2500-\u257f×▶]+/g, " ")
    .trim()
    .split(/\s+/);
  return words.join(" ").slice(0, 300);
}

function firstLine(text: string): string {
  return JSON.stringify(text.split("\n", 1)[0]?.slice(0, 100) ?? "");
}
