/** A watch over the end of a session, with a timer of the host's: nothing needs to happen in a session for it to end. */
import type { Closing } from "./close.ts";
import type { DueClosing } from "./due.ts";

/** Calls `wake` once after so many milliseconds, unless what it answers is called before: `setTimeout` and `clearTimeout`, say. */
export type Timer = (milliseconds: number, wake: () => void) => () => void;

export interface EndWatch {
  /** How the session was closed; undefined where the watch was stopped before. Never rejected. */
  readonly ended: Promise<Extract<Closing, { readonly outcome: "closed" }> | undefined>;
  readonly stop: () => void;
}

export interface EndWatchOptions {
  readonly timer: Timer;
  /** The longest that it sleeps: a session that others kill ends within this time. 60 where it is not written. */
  readonly everySeconds?: number;
}

const pauseMs = 1_000;

export function watchEnd(
  session: { readonly endIfDue: () => Promise<DueClosing> },
  { timer, everySeconds = 60 }: EndWatchOptions,
): EndWatch {
  let isStopped = false;
  let cancel: (() => void) | undefined;
  let stopped: (() => void) | undefined;
  const look = async (): Promise<Extract<Closing, { readonly outcome: "closed" }> | undefined> => {
    for (;;) {
      const due = await session.endIfDue();
      if (due.outcome === "closed") return due;
      if (isStopped) return undefined;
      await new Promise<void>((wake) => {
        stopped = wake;
        cancel = timer(Math.min(waitOf(due), everySeconds * 1000), wake);
      });
      if (isStopped) return undefined;
    }
  };
  return {
    ended: look().catch(() => undefined),
    stop() {
      isStopped = true;
      cancel?.();
      stopped?.();
    },
  };
}

/** To the very millisecond where that is known; what has failed is tried again soon. */
function waitOf(due: DueClosing): number {
  return due.outcome === "not_due" ? Math.max(1, due.at - due.now) : pauseMs;
}
