/** Which bounds the vectors show at work: violated with no other, or why not. */
import type { VectorReport } from "../../../schema/artefacts.ts";

export interface Coverage {
  readonly note: (violations: readonly string[]) => void;
  readonly isAlone: (id: string) => boolean;
  readonly report: (bounds: readonly string[]) => Pick<VectorReport, "bounds" | "alone" | "notAlone">;
}

/** Of what was violated together with a bound, no more is kept. */
const mostCompanions = 16;

export function newCoverage(): Coverage {
  const alone = new Set<string>();
  /** What was violated together with a bound each time. */
  const companions = new Map<string, readonly string[]>();
  return {
    note: (violations) => {
      const [only] = violations;
      if (only !== undefined && violations.length === 1) alone.add(only);
      const together = new Set(violations);
      for (const id of violations) {
        if (alone.has(id)) continue;
        const others = companions.get(id) ?? violations.slice(0, mostCompanions);
        companions.set(
          id,
          others.filter((other) => other !== id && together.has(other)),
        );
      }
    },
    isAlone: (id) => alone.has(id),
    report: (bounds) => {
      const rest = bounds.filter((id) => !alone.has(id));
      const notAlone = Object.fromEntries(rest.map((id) => [id, reason(companions.get(id))]));
      return { bounds: bounds.length, alone: bounds.length - rest.length, notAlone };
    },
  };
}

function reason(companions: readonly string[] | undefined): string {
  if (companions === undefined) return "no request violates it";
  const [first] = companions;
  return first === undefined
    ? "each vector that violates it violates something else too"
    : `each vector that violates it violates ${first} too`;
}
