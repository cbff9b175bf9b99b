/** A progress line on a terminal, for input that takes long; silent elsewhere. */
import type { Terminal } from "./io.ts";

const everyMs = 200;

export interface Progress {
  tick(count: number): void;
  /** Wipes the line. */
  end(): void;
}

/** @param clock epoch milliseconds */
export function progressOn(stream: Terminal, what: string, clock: () => number): Progress {
  if (stream.isTTY !== true) return { tick() {}, end() {} };
  const start = clock();
  let shownAt = start;
  return {
    tick(count) {
      const now = clock();
      if (now - shownAt < everyMs) return;
      shownAt = now;
      stream.write(`\r${count} ${what}, ${Math.round((count * 1000) / (now - start))} per second\u001b[K`);
    },
    end() {
      if (shownAt !== start) stream.write("\r\u001b[K");
    },
  };
}
