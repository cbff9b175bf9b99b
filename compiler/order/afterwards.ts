import type { Envelope } from "../../schema/envelope.ts";
import type { Report } from "./widening.ts";

/** What is checked when a session ends: more of it, and more of it critical, is narrower. */
export function compareAfterwards(
  { postconditions: a = [] }: Envelope,
  { postconditions: b = [] }: Envelope,
  report: Report,
): void {
  for (const { check, critical } of b) {
    if (!a.some((own) => own.check === check && (own.critical || !critical)))
      report("/postconditions", `the${critical ? " critical" : ""} check \`${check}\` is missing`);
  }
}
