/** `--ledger`: an SQLite file that is there, or a PostgreSQL database, as operators' commands take them. */
import { stat } from "node:fs/promises";
import type { Store } from "../../runtime/ledger/store/store.ts";
import { type PostgresStore, postgresStore } from "../../runtime/node/postgres/store.ts";
import { sqliteReader } from "../../runtime/node/sqlite-reader.ts";
import { sqliteStore } from "../../runtime/node/sqlite-store.ts";
import { UsageError } from "../io.ts";
import { readable } from "../open.ts";
import { unopened } from "./unopened.ts";

/** A store that can also say which sessions have not ended. */
export type LedgerStore = Store & Pick<PostgresStore, "openSessions">;

/**
 * To be written to. Nothing is made: an operator who mistypes a name must not be told that there is nothing to do.
 *
 * @param fileOrUrl an SQLite file, or `postgres://…`
 * @throws UsageError where there is no ledger; Refused where there is one that is broken
 */
export async function openStore(fileOrUrl: string): Promise<LedgerStore> {
  if (isUrl(fileOrUrl)) {
    urlOf(fileOrUrl);
    return postgresStore({ connectionString: fileOrUrl, make: false });
  }
  const reader = await openFile(fileOrUrl);
  const store = sqliteStore(fileOrUrl);
  return {
    ...store,
    openSessions: (after, limit) => reader.openSessions(after, limit),
    close: () => Promise.all([store.close(), reader.close()]).then(() => undefined),
  };
}

/**
 * To be read only: nothing is written, and no file is made beside it.
 *
 * @throws UsageError where there is no ledger; Refused where there is one that is broken
 */
export async function openReader(fileOrUrl: string): Promise<LedgerStore> {
  return isUrl(fileOrUrl) ? postgresStore({ connectionString: readOnly(fileOrUrl), make: false }) : openFile(fileOrUrl);
}

export function isUrl(text: string): boolean {
  return /^postgres(ql)?:\/\//.test(text);
}

async function openFile(file: string): Promise<LedgerStore> {
  const isFile = await readable(file, async () => (await stat(file)).isFile());
  if (!isFile) throw new UsageError(`\`${file}\` is no file: a ledger was expected`);
  try {
    return sqliteReader(file);
  } catch (error) {
    throw unopened(file, error);
  }
}

/** Each transaction is one that the server lets write nothing. */
function readOnly(url: string): string {
  const asked = urlOf(url);
  const given = asked.searchParams.get("options");
  asked.searchParams.set("options", `${given === null ? "" : `${given} `}-c default_transaction_read_only=on`);
  return asked.href;
}

/** What cannot be read may hold a password: it is not told. @throws UsageError */
export function urlOf(text: string): URL {
  if (URL.canParse(text)) return new URL(text);
  throw new UsageError("the URL of the ledger cannot be read: `postgres://user@host/database`");
}
