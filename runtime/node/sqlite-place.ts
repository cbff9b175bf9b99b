/** Whether a ledger file is still the one that its path names: SQLite goes on writing to a file that was removed. */
import { statSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";

export interface Place {
  /** @throws Error once the file, or its write-ahead log, has been moved, removed or replaced */
  check(): void;
  /** @throws Error where the file is not there; a new one in its place would take what is left of the old one for its own */
  expectFile(): void;
}

/** Of a database that is nowhere, such as one in memory, there is nothing to check. */
export function placeOf(database: DatabaseSync): Place {
  const [main] = database.prepare("PRAGMA database_list").all();
  const path = String(main?.file ?? "");
  if (path === "") return { check() {}, expectFile() {} };
  const known = new Map([[path, identityOf(path)]]);
  const check = (file: string) => {
    const identity = identityOf(file);
    // The log comes into being with the first record.
    if (known.get(file) === undefined) known.set(file, identity);
    else if (known.get(file) !== identity)
      throw new Error(`${file} was moved, removed or replaced while it was in use`);
  };
  return {
    check() {
      check(path);
      check(`${path}-wal`);
    },
    expectFile() {
      if (identityOf(path) === undefined) throw new Error(`${path} is not there any more`);
    },
  };
}

function identityOf(file: string): string | undefined {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false });
  return found && `${found.dev} ${found.ino}`;
}
