/** One watch over a store for however many sessions are watched by it. */
import type { Wake, Watcher } from "../../session/kill/watch.ts";

/** Those who are watching now, and for which session. */
export type Watching = ReadonlyMap<Wake, string>;

/** @param start called for the first one who watches; what it returns, when nobody does any more */
export function sharedWatch(start: (watching: Watching) => () => void): Watcher {
  const watching = new Map<Wake, string>();
  let stop: (() => void) | undefined;
  return (session, given) => {
    // The same functions may be given twice.
    const wake: Wake = { ...given };
    watching.set(wake, session);
    stop ??= start(watching);
    wake.signals();
    wake.ledger();
    return () => {
      if (!watching.delete(wake) || watching.size > 0) return;
      stop?.();
      stop = undefined;
    };
  };
}

/** Keeps no process alive. @returns what ends it */
export function every(milliseconds: number, look: () => void): () => void {
  const timer = setInterval(look, milliseconds);
  timer.unref();
  return () => clearInterval(timer);
}
