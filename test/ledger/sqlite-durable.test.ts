/** Each connection to a ledger file writes through, whatever it was set to before. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { pragma, prepareSchema } from "../../runtime/node/sqlite-schema.ts";

test.each(["OFF", "NORMAL", "FULL"])("a connection that was set to %s is synchronous in full, with a log", (before) => {
  const database = new DatabaseSync(join(mkdtempSync(join(tmpdir(), "ambit-durable-")), "ledger.db"));
  database.exec(`PRAGMA synchronous = ${before}`);
  prepareSchema(database);
  expect([pragma(database, "synchronous"), pragma(database, "journal_mode")]).toEqual([2, "wal"]);
  database.close();
});
