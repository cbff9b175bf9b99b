/** The last look before an effect: what came after its redemption, while the store was waited for (SPEC §8, §10). */
import type { AuthorityClaims } from "../authority/token/documents.ts";
import { tokenLapse } from "../authority/token/verify.ts";
import type { Session } from "../session/session.ts";
import type { Denial } from "./denial.ts";

/**
 * Waits for nothing.
 *
 * @param clock epoch milliseconds; one that throws confirms nothing
 */
export function stoppedBy(
  session: Pick<Session, "isKilled">,
  claims: Pick<AuthorityClaims, "nbf" | "exp">,
  clock: () => number,
): Denial | undefined {
  if (session.isKilled()) return { code: "KILLED", message: "the session was killed before the effect began" };
  const lapse = tokenLapse(claims, timeOf(clock));
  return lapse && { code: lapse.code, message: `when the effect was to begin, ${lapse.message}` };
}

function timeOf(clock: () => number): number {
  try {
    return clock();
  } catch {
    return Number.NaN;
  }
}
