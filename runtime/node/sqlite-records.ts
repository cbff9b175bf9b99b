/** Every record of a ledger file, for those who only look: the file is opened read-only, and read row by row. */
import { DatabaseSync } from "node:sqlite";
import { applicationId, pragma, schemaVersion } from "./sqlite-schema.ts";

/** The bytes of a text are given as they are stored: whether they are UTF-8 is for the reader to see. */
export interface SqliteRecord {
  readonly session: string;
  readonly seq: number;
  readonly hash: string;
  readonly text: Uint8Array;
}

export interface SqliteRecords {
  /** Session by session, each in the order of its records. @throws Error where the file cannot be read on */
  readonly rows: (session?: string) => Iterable<SqliteRecord>;
  readonly close: () => void;
}

/** @throws Error for what is no ledger of this version, or cannot be read */
export function openSqliteRecords(path: string): SqliteRecords {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    if (pragma(database, "application_id") !== applicationId) throw new Error("the file is no ledger");
    const version = pragma(database, "user_version");
    if (version !== schemaVersion)
      throw new Error(`its tables are of version ${version}, this is version ${schemaVersion}`);
    const all = "SELECT session, seq, hash, CAST(text AS BLOB) AS text FROM record";
    const every = database.prepare(`${all} ORDER BY session, seq`);
    const one = database.prepare(`${all} WHERE session = ? ORDER BY seq`);
    return {
      *rows(session) {
        for (const row of session === undefined ? every.iterate() : one.iterate(session))
          yield { session: String(row.session), seq: Number(row.seq), hash: String(row.hash), text: bytesOf(row.text) };
      },
      close: () => database.close(),
    };
  } catch (cause) {
    database.close();
    throw cause;
  }
}

function bytesOf(value: unknown): Uint8Array {
  return value instanceof Uint8Array ? value : new Uint8Array();
}
