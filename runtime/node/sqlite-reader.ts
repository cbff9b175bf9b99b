/** A ledger file for those who only look: a store that reads, and appends nothing. */
import { DatabaseSync } from "node:sqlite";
import { reasonOf } from "../fault.ts";
import type { Store, StoreFault } from "../ledger/store/store.ts";
import { applicationId, pragma, schemaVersion } from "./sqlite-schema.ts";

/** Opens the file at once, read-only. @throws Error for what is no ledger of this version, or cannot be read */
export function sqliteReader(path: string): Store {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    if (pragma(database, "application_id") !== applicationId) throw new Error("the file is no ledger");
    const version = pragma(database, "user_version");
    if (version !== schemaVersion)
      throw new Error(`its tables are of version ${version}, this is version ${schemaVersion}`);
    return storeOn(database, path);
  } catch (cause) {
    database.close();
    throw cause;
  }
}

function storeOn(database: DatabaseSync, path: string): Store {
  const records = database.prepare("SELECT text FROM record WHERE session = ? AND seq >= ? ORDER BY seq LIMIT ?");
  const claims = database.prepare("SELECT session FROM claim WHERE name = ?");
  const attempt = <T>(work: () => T): T | StoreFault => {
    try {
      return work();
    } catch (cause) {
      return { code: "STORE_UNAVAILABLE", message: `the ledger ${path} cannot be read: ${reasonOf(cause)}`, cause };
    }
  };
  return {
    async read(session, from, limit) {
      const texts = attempt(() => records.all(session, from, limit).map(({ text }) => String(text)));
      return Array.isArray(texts) ? { ok: true, texts } : { ok: false, fault: texts };
    },
    async append() {
      const message = `the ledger ${path} was opened to be read only`;
      return { outcome: "failed", fault: { code: "STORE_UNAVAILABLE", message } };
    },
    async claimant(claim) {
      const found = attempt(() => claims.all(claim).map(({ session }) => String(session)));
      return Array.isArray(found) ? { ok: true, session: found[0] } : { ok: false, fault: found };
    },
    async close() {
      database.close();
    },
  };
}
