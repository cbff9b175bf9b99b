/** What other processes append to a ledger file, seen a few milliseconds later: SQLite counts the writes of others for each connection. */
import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { Watcher } from "../../session/kill/watch.ts";
import { every, sharedWatch } from "./shared.ts";

interface Counting {
  readonly database: DatabaseSync;
  readonly count: StatementSync;
}

/** One connection of its own, which reads the count and nothing else. Where that fails, the ledger itself is read each time. */
export function watchSqlite(path: string, { everyMs = 10 }: { readonly everyMs?: number } = {}): Watcher {
  return sharedWatch((watching) => {
    let counting: Counting | undefined;
    let seen: unknown;
    const hasChanged = (): boolean => {
      try {
        counting ??= open(path);
        const before = seen;
        seen = counting.count.get()?.data_version;
        return seen !== before;
      } catch {
        close(counting);
        counting = undefined;
        seen = undefined;
        return true;
      }
    };
    const stop = every(everyMs, () => {
      if (!hasChanged()) return;
      for (const wake of watching.keys()) wake.ledger();
    });
    return () => {
      stop();
      close(counting);
      counting = undefined;
    };
  });
}

function open(path: string): Counting {
  const database = new DatabaseSync(path, { readOnly: true });
  return { database, count: database.prepare("PRAGMA data_version") };
}

function close(counting: Counting | undefined): void {
  try {
    counting?.database.close();
  } catch {
    // There is nothing left to close.
  }
}
