/** What keeps a session from going on, or from ending well, until people let it (SPEC §10). */
import type { SessionState } from "./state.ts";

export interface Stop {
  /** It is frozen, or nobody knows how an effect of it ended: an operator alone does not decide that. */
  readonly needsTwo: boolean;
  /** When it was last halted or frozen, or had such an outcome, and 0 where there is nothing of it; epoch milliseconds. */
  readonly since: number;
}

export function stopOf({ phase, watched, ending }: SessionState): Stop {
  return { needsTwo: phase === "frozen" || ending.isSuspect, since: watched.stoppedAt ?? 0 };
}
