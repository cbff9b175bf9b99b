import type { Watcher } from "../../session/kill/watch.ts";
import { every, sharedWatch } from "./shared.ts";

/** Looks for signals all the time, so that one that appears while a tool runs ends it. */
export function watchSignals({ everyMs = 20 }: { readonly everyMs?: number } = {}): Watcher {
  return sharedWatch((watching) =>
    every(everyMs, () => {
      for (const wake of watching.keys()) wake.signals();
    }),
  );
}
