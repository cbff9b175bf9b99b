/** Ledgers in one SQLite file: the store of a host that has no database server (SPEC §7). */
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { reasonOf } from "../fault.ts";
import {
  type AppendResult,
  type Claim,
  claimsOf,
  type LastRecord,
  type Store,
  type StoredRecord,
  type StoreFault,
} from "../ledger/store/store.ts";
import { type Place, placeOf } from "./sqlite-place.ts";
import { prepareSchema } from "./sqlite-schema.ts";

export interface SqliteOptions {
  /** How long to wait for another writer before giving up. */
  readonly busyTimeoutMs?: number;
}

interface Connection {
  readonly database: DatabaseSync;
  readonly read: StatementSync;
  readonly append: StatementSync;
  readonly claim: StatementSync;
  readonly claimant: StatementSync;
  readonly place: Place;
}

/**
 * Opens the file when it is first used, and makes it if it is not there. After a failure it is opened anew by the next call, so
 * that a store that is back works again; a file that was there once is not made a second time. Several processes may write to one file.
 */
export function sqliteStore(path: string, { busyTimeoutMs = 5_000 }: SqliteOptions = {}): Store {
  let connection: Connection | undefined;
  let place: Place | undefined;
  const attempt = <T>(work: (connection: Connection) => T): T | StoreFault => {
    try {
      if (connection === undefined) place?.expectFile();
      connection ??= connect(path, busyTimeoutMs);
      place = connection.place;
      const result = work(connection);
      place.check();
      return result;
    } catch (cause) {
      drop(connection);
      connection = undefined;
      return { code: "STORE_UNAVAILABLE", message: `the ledger ${path} cannot be used: ${reasonOf(cause)}`, cause };
    }
  };
  return {
    async read(session, from, limit) {
      const texts = attempt(({ read }) => read.all(session, from, limit).map(({ text }) => String(text)));
      return Array.isArray(texts) ? { ok: true, texts } : { ok: false, fault: texts };
    },
    async append(session, after, record, claim): Promise<AppendResult> {
      const result = attempt((open) => append(open, session, after, record, claim));
      return typeof result === "string" ? { outcome: result } : { outcome: "failed", fault: result };
    },
    async claimant(claim) {
      const found = attempt(({ claimant }) => claimant.all(claim).map(({ session }) => String(session)));
      return Array.isArray(found) ? { ok: true, session: found[0] } : { ok: false, fault: found };
    },
    async close() {
      drop(connection);
      connection = undefined;
    },
  };
}

function connect(path: string, timeout: number): Connection {
  const database = new DatabaseSync(path, { timeout });
  try {
    const place = placeOf(database);
    place.expectOneName();
    prepareSchema(database);
    return {
      database,
      place,
      read: database.prepare("SELECT text FROM record WHERE session = ? AND seq >= ? ORDER BY seq LIMIT ?"),
      // One statement: the head is there, and nothing stands after it.
      append: database.prepare(
        `INSERT INTO record (session, seq, hash, text) SELECT :session, :seq, :hash, :text
         WHERE :after = 0 OR EXISTS (SELECT 1 FROM record WHERE session = :session AND seq = :after AND hash = :afterHash
           AND (:afterText IS NULL OR text = :afterText))
         ON CONFLICT DO NOTHING`,
      ),
      claim: database.prepare("INSERT INTO claim (name, session) VALUES (?, ?) ON CONFLICT DO NOTHING"),
      claimant: database.prepare("SELECT session FROM claim WHERE name = ?"),
    };
  } catch (cause) {
    database.close();
    throw cause;
  }
}

function append(
  open: Connection,
  session: string,
  after: LastRecord,
  { seq, hash, text }: StoredRecord,
  claim: Claim | undefined,
): "appended" | "lost" | "claimed" {
  if (seq !== after.seq + 1) return "lost";
  const row = { session, seq, hash, text, after: after.seq, afterHash: after.hash, afterText: after.text ?? null };
  const write = () => (open.append.run(row).changes === 1 ? "appended" : "lost");
  const names = claimsOf(claim);
  if (names.length === 0) return write();
  open.database.exec("BEGIN IMMEDIATE");
  const written = write();
  const isTaken = written === "appended" && names.some((name) => open.claim.run(name, session).changes !== 1);
  const result = isTaken ? "claimed" : written;
  open.database.exec(result === "appended" ? "COMMIT" : "ROLLBACK");
  return result;
}

/** Closing also rolls back what a failure has left open. */
function drop(connection: Connection | undefined): void {
  try {
    connection?.database.close();
  } catch {
    // There is nothing left to close.
  }
}
