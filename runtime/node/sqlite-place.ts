/** Whether a ledger file is still the one that its path names: SQLite goes on writing to a file that was removed. */
import { type BigIntStats, statSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { expectOneLink, expectOneName } from "./sqlite-names.ts";

export interface Place {
  /** @throws Error once the file, or its write-ahead log, has been moved, removed or replaced, or the file has a second name */
  check(): void;
  /** @throws Error where the file has a second name; before anything is read, so that no log comes into being beside the wrong one */
  expectOneName(): void;
  /** @throws Error where the file is not there; a new one in its place would take what is left of the old one for its own */
  expectFile(): void;
}

/** Of a database that is nowhere, such as one in memory, there is nothing to check. */
export function placeOf(database: DatabaseSync): Place {
  const [main] = database.prepare("PRAGMA database_list").all();
  const path = String(main?.file ?? "");
  if (path === "") return { check() {}, expectOneName() {}, expectFile() {} };
  const known = new Map([[path, identityIn(statOf(path))]]);
  const check = (file: string, found: BigIntStats | undefined) => {
    const identity = identityIn(found);
    // The log comes into being with the first record.
    if (known.get(file) === undefined) known.set(file, identity);
    else if (known.get(file) !== identity)
      throw new Error(`${file} was moved, removed or replaced while it was in use`);
  };
  return {
    check() {
      const found = statOf(path);
      check(path, found);
      expectOneLink(path, found?.nlink ?? 0);
      check(`${path}-wal`, statOf(`${path}-wal`));
    },
    expectOneName: () => expectOneName(path),
    expectFile() {
      if (statOf(path) === undefined) throw new Error(`${path} is not there any more`);
    },
  };
}

function statOf(file: string): BigIntStats | undefined {
  return statSync(file, { bigint: true, throwIfNoEntry: false });
}

function identityIn(found: BigIntStats | undefined): string | undefined {
  return found && `${found.dev} ${found.ino}`;
}
