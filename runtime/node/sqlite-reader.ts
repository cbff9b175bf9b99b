/** A ledger file for those who only look: a store that reads, and appends nothing. */
import { reasonOf } from "../fault.ts";
import type { Store, StoreFault } from "../ledger/store/store.ts";
import type { SessionsResult } from "./postgres/store.ts";
import { openQuietly, type QuietDatabase } from "./sqlite-quiet.ts";

export interface SqliteReader extends Store {
  /** The sessions that have neither been closed nor rejected, by id, beginning after `after`; at most `limit` of them. */
  openSessions(after: string, limit: number): Promise<SessionsResult>;
}

/** Opens the file at once, read-only. @throws Error for what is no ledger of this version, or cannot be read */
export function sqliteReader(path: string): SqliteReader {
  let quiet = openQuietly(path);
  /** What was read while somebody wrote is read again. */
  const attempt = <T>(work: (open: QuietDatabase["database"]) => T): T | StoreFault => {
    try {
      for (let times = 0; times < mostTimes; times++) {
        if (quiet.isStale()) quiet = reopened(quiet, path);
        const result = settled(() => work(quiet.database));
        if (quiet.isStale()) continue;
        if ("cause" in result) throw result.cause;
        return result.value;
      }
      throw new Error("it is being written to all the time");
    } catch (cause) {
      return { code: "STORE_UNAVAILABLE", message: `the ledger ${path} cannot be read: ${reasonOf(cause)}`, cause };
    }
  };
  return {
    async read(session, from, limit) {
      const texts = attempt((open) =>
        open
          .prepare(records)
          .all(session, from, limit)
          .map(({ text }) => String(text)),
      );
      return Array.isArray(texts) ? { ok: true, texts } : { ok: false, fault: texts };
    },
    async append() {
      const message = `the ledger ${path} was opened to be read only`;
      return { outcome: "failed", fault: { code: "STORE_UNAVAILABLE", message } };
    },
    async claimant(claim) {
      const found = attempt((open) =>
        open
          .prepare(claims)
          .all(claim)
          .map(({ session }) => String(session)),
      );
      return Array.isArray(found) ? { ok: true, session: found[0] } : { ok: false, fault: found };
    },
    async openSessions(after, limit) {
      const found = attempt((open) =>
        open
          .prepare(living)
          .all(after, limit)
          .map(({ session }) => String(session)),
      );
      return Array.isArray(found) ? { ok: true, sessions: found } : { ok: false, fault: found };
    },
    async close() {
      quiet.database.close();
    },
  };
}

const mostTimes = 8;

const records = "SELECT text FROM record WHERE session = ? AND seq >= ? ORDER BY seq LIMIT ?";
const claims = "SELECT session FROM claim WHERE name = ?";
/** From session to session along the primary key. The canonical form of a record ends with its type. */
const living = `
  WITH RECURSIVE every(session) AS (
    SELECT min(session) FROM record WHERE session > ?
    UNION ALL
    SELECT (SELECT min(session) FROM record WHERE record.session > every.session) FROM every WHERE every.session IS NOT NULL
  ), latest(session, text) AS (
    SELECT session, (SELECT text FROM record WHERE record.session = every.session ORDER BY seq DESC LIMIT 1) FROM every
    WHERE session IS NOT NULL
  )
  SELECT session FROM latest WHERE text NOT LIKE '%,"type":"closed"}' AND text NOT LIKE '%,"type":"rejected"}' LIMIT ?`;

function reopened(old: QuietDatabase, path: string): QuietDatabase {
  const anew = openQuietly(path);
  old.database.close();
  return anew;
}

type Settled<T> = { readonly value: T } | { readonly cause: unknown };

function settled<T>(work: () => T): Settled<T> {
  try {
    return { value: work() };
  } catch (cause) {
    return { cause };
  }
}
