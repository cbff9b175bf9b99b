import type { Diagnostic, Severity } from "../../schema/diagnostic.ts";

/** How many diagnostics there are of each severity. */
export function severitiesOf(diagnostics: readonly Pick<Diagnostic, "severity">[]): Readonly<Record<Severity, number>> {
  const count = { error: 0, warning: 0, note: 0 };
  for (const { severity } of diagnostics) count[severity] += 1;
  return count;
}
