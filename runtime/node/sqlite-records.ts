/** Every record of a ledger file, for those who only look: the file is opened read-only, and read row by row. */
import type { ClaimRow } from "../audit/claims.ts";
import { openQuietly } from "./sqlite-quiet.ts";

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
  /** By name. @throws Error where the file cannot be read on */
  readonly claims: () => Iterable<ClaimRow>;
  readonly close: () => void;
}

/** @throws Error for what is no ledger of this version, or cannot be read */
export function openSqliteRecords(path: string): SqliteRecords {
  const { database, isStale } = openQuietly(path);
  // Records and claims as they were at one moment.
  database.exec("BEGIN");
  /** What was read while somebody wrote may be torn. */
  function* settled<T>(rows: Iterable<T>): Generator<T> {
    yield* rows;
    if (isStale()) throw new Error("somebody has written to it meanwhile: read it again");
  }
  const all = "SELECT session, seq, hash, CAST(text AS BLOB) AS text FROM record";
  const every = database.prepare(`${all} ORDER BY session, seq`);
  const one = database.prepare(`${all} WHERE session = ? ORDER BY seq`);
  const claimed = database.prepare("SELECT name, session FROM claim ORDER BY name");
  return {
    *rows(session) {
      for (const row of settled(session === undefined ? every.iterate() : one.iterate(session)))
        yield { session: String(row.session), seq: Number(row.seq), hash: String(row.hash), text: bytesOf(row.text) };
    },
    *claims() {
      for (const row of settled(claimed.iterate())) yield { name: String(row.name), session: String(row.session) };
    },
    close: () => database.close(),
  };
}

function bytesOf(value: unknown): Uint8Array {
  return value instanceof Uint8Array ? value : new Uint8Array();
}
