/** The tables of a ledger file, their version, and the settings without which an append would not be durable. */
import type { DatabaseSync } from "node:sqlite";

/** "Ambt": tells a ledger from any other SQLite file. */
export const applicationId = 0x416d6274;
export const schemaVersion = 1;

const tables = `
  CREATE TABLE record (
    session TEXT NOT NULL,
    seq INTEGER NOT NULL CHECK (seq > 0),
    hash TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (session, seq)
  ) STRICT;
  CREATE TABLE claim (name TEXT NOT NULL PRIMARY KEY, session TEXT NOT NULL) STRICT, WITHOUT ROWID;
  PRAGMA application_id = ${applicationId};
  PRAGMA user_version = ${schemaVersion};
`;

/**
 * Makes the tables in an empty file.
 *
 * @throws Error for a file that is another one's, or of another version, and where a setting is not taken
 */
export function prepareSchema(database: DatabaseSync): void {
  if (isEmpty(database)) create(database);
  const id = pragma(database, "application_id");
  const version = pragma(database, "user_version");
  if (id !== applicationId) throw new Error("the file is no ledger");
  if (version !== schemaVersion)
    throw new Error(`its tables are of version ${version}, this is version ${schemaVersion}`);
  if (pragma(database, "journal_mode = WAL") !== "wal") throw new Error("it does not take a write-ahead log");
  database.exec("PRAGMA synchronous = FULL");
  if (pragma(database, "synchronous") !== 2) throw new Error("it does not write through");
}

/** Two processes may find the same empty file: the second one waits, and finds the tables. */
function create(database: DatabaseSync): void {
  database.exec("BEGIN IMMEDIATE");
  if (isEmpty(database)) database.exec(tables);
  database.exec("COMMIT");
}

function isEmpty(database: DatabaseSync): boolean {
  return database.prepare("SELECT 1 FROM sqlite_schema LIMIT 1").get() === undefined;
}

export function pragma(database: DatabaseSync, text: string): unknown {
  return Object.values(database.prepare(`PRAGMA ${text}`).get() ?? {})[0];
}
