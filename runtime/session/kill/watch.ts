/** Others' kills, known at once and not only at the next decision: whoever watches says when there may be something to see. */
import type { Desk } from "../desk.ts";
import { isKilled } from "./kill.ts";

/** What a watcher calls, from whenever it may be, as often as it likes. */
export interface Wake {
  /** The session's ledger may have grown. */
  readonly ledger: () => void;
  /** A signal may have been given. */
  readonly signals: () => void;
}

/** @returns what ends the watch */
export type Watcher = (session: string, wake: Wake) => () => void;

/**
 * Reads outside the session's turns: a kill is seen while a decision waits for its signer. Never throws.
 *
 * @returns what ends the watch; undefined where the watcher throws, so that nothing is watched
 */
export function watch(desk: Desk, watcher: Watcher): (() => void) | undefined {
  const { log, options } = desk;
  let isReading = false;
  let isAskedAgain = false;
  const read = async () => {
    isAskedAgain = true;
    if (isReading) return;
    isReading = true;
    while (isAskedAgain && !log.state.killed) {
      isAskedAgain = false;
      // A ledger that cannot be read now is read when the watcher says so next.
      await log.refresh().catch(() => undefined);
    }
    isReading = false;
  };
  try {
    const end = watcher(options.session, { ledger: () => void read(), signals: () => void isKilled(desk) });
    return () => quietly(end);
  } catch {
    return undefined;
  }
}

function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // It is the host's own, and nothing follows from it.
  }
}
