/** A ledger file for those who only look: reading makes no file beside it, and leaves it as it is. */
import { realpathSync, statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { expectOneName } from "./sqlite-names.ts";
import { applicationId, pragma, schemaVersion } from "./sqlite-schema.ts";

export interface QuietDatabase {
  readonly database: DatabaseSync;
  /** Whether somebody has written since it was opened, so that what it reads may be old, or torn. */
  readonly isStale: () => boolean;
}

/**
 * Where nobody has the file open for writing, it is read as a file that does not change: SQLite would make a write-ahead log even
 * for a reader. Where there is such a log already, it is read along.
 *
 * @throws Error for what is no ledger of this version, or cannot be read
 */
export function openQuietly(given: string): QuietDatabase {
  const file = identityOf(given);
  // The log stands beside the file itself, not beside a link to it.
  const path = realpathSync(given);
  const before = stampOf(path);
  const isAtRest = statSync(`${path}-wal`, { throwIfNoEntry: false }) === undefined;
  expectOneName(path);
  const place = pathToFileURL(path);
  if (isAtRest) place.searchParams.set("immutable", "1");
  const database = new DatabaseSync(place, { readOnly: true });
  try {
    if (pragma(database, "application_id") !== applicationId) throw new Error("the file is no ledger");
    const version = pragma(database, "user_version");
    if (version !== schemaVersion)
      throw new Error(`its tables are of version ${version}, this is version ${schemaVersion}`);
  } catch (cause) {
    database.close();
    throw cause;
  }
  return { database, isStale: () => identityOf(given) !== file || (isAtRest && stampOf(path) !== before) };
}

/** Another one once the file was replaced, or the link to it leads elsewhere. */
function identityOf(given: string): string | undefined {
  const found = statSync(given, { bigint: true, throwIfNoEntry: false });
  return found && `${found.dev} ${found.ino}`;
}

/** Changes with every write: of the file itself, or of the log beside it. */
function stampOf(path: string): string {
  return [path, `${path}-wal`]
    .map((file) => statSync(file, { bigint: true, throwIfNoEntry: false }))
    .map((found) => (found === undefined ? "" : `${found.dev} ${found.ino} ${found.size} ${found.mtimeNs}`))
    .join("/");
}
