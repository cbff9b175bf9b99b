/** One verdict line for machines (SPEC §13). */
import type { Answer } from "./answer.ts";

export function jsonLine({ id, verdict }: Answer, withRequest: boolean): string {
  const { verdict: decision, code, primary, violations, effect, fields, engines, request } = verdict;
  const shown = {
    verdict: decision,
    code,
    primary,
    violations,
    effect,
    fields,
    engines,
    ...(withRequest ? { request } : {}),
  };
  return `{"id":${id},${JSON.stringify(shown).slice(1)}\n`;
}
