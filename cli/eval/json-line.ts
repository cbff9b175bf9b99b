/** One verdict line for machines (SPEC §13). */
import type { Answer } from "./answer.ts";

/** @param more members beside those that a verdict always has */
export function jsonLine({ id, verdict }: Answer, more: Readonly<Record<string, unknown>>): string {
  const { verdict: decision, code, primary, violations, effect, fields, engines } = verdict;
  const shown = {
    verdict: decision,
    code,
    primary,
    // One that is read back from a ledger has its members in another order.
    violations: violations.map(({ id, code, pointer, message }) => ({ id, code, pointer, message })),
    effect,
    fields,
    engines,
    ...more,
  };
  return `{"id":${id},${JSON.stringify(shown).slice(1)}\n`;
}
