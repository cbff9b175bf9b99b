/** Looking for a request: changes to fields, one at a time, as long as each brings fewer violated bounds. */
import type { Change } from "./change.ts";
import type { Judge } from "./judge.ts";

const mostSteps = 8;

/**
 * @param start changes that are kept
 * @param movesFor what may be tried to mend these bounds
 * @param wanted a bound that must be violated, and is the better the more it is alone; undefined to have none violated
 * @returns the changes to make beside `start`, and the bounds that are then violated
 */
export function repair(
  judge: Judge,
  start: readonly Change[],
  movesFor: (violated: readonly string[]) => readonly (readonly Change[])[],
  wanted?: string,
): { readonly changes: readonly Change[]; readonly violations: readonly string[] } {
  let changes: readonly Change[] = [];
  let violations = judge.judge(start);
  for (let step = 0; step < mostSteps && faults(violations, wanted) > 0; step += 1) {
    const missing = wanted !== undefined && !violations.includes(wanted) ? [wanted] : [];
    const tried = movesFor([...missing, ...violations])
      .map((move) => ({ move, violations: judge.judge([...start, ...changes, ...move]) }))
      .sort((a, b) => faults(a.violations, wanted) - faults(b.violations, wanted));
    const [best] = tried;
    if (best === undefined || faults(best.violations, wanted) >= faults(violations, wanted)) break;
    changes = [...changes, ...best.move];
    violations = best.violations;
  }
  return { changes, violations };
}

function faults(violations: readonly string[], wanted: string | undefined): number {
  if (wanted === undefined) return violations.length;
  return violations.includes(wanted) ? violations.length - 1 : violations.length + 1000;
}
