/** `LEDGER`: a PostgreSQL database, a SQLite file, or records as JSON lines; which of the two, its first bytes tell. */
import { type FileHandle, open } from "node:fs/promises";
import { makeVisible } from "../../compiler/diagnostics/quote.ts";
import type { ClaimRow } from "../../runtime/audit/claims.ts";
import type { LedgerLine } from "../../runtime/audit/ledger-audit.ts";
import { reasonOf } from "../../runtime/fault.ts";
import { NoLedgerError, openPostgresRecords, type PostgresRecords } from "../../runtime/node/postgres/records.ts";
import { openSqliteRecords, type SqliteRecords } from "../../runtime/node/sqlite-records.ts";
import { linesOf, longestLineBytes } from "../eval/lines.ts";
import { type Io, UsageError } from "../io.ts";
import { readable } from "../open.ts";
import { expectRecords } from "./other-json.ts";
import { isUrl, urlOf } from "./store.ts";
import { unopened, unread } from "./unopened.ts";

export interface LedgerSource {
  /** Whether all records of one session stand together. */
  readonly inOrder: boolean;
  /** @throws Error where the ledger cannot be read on */
  readonly lines: AsyncIterable<LedgerLine> | Iterable<LedgerLine>;
  /** Where the ledger has a table of claims. @throws Error where it cannot be read */
  readonly claims?: () => AsyncIterable<ClaimRow> | Iterable<ClaimRow>;
  readonly close: () => Promise<void>;
}

const sqliteMagic = "SQLite format 3\0";

/**
 * @param path `-` for JSON lines on standard input, `postgres://…` for a database
 * @param session the only one to be read, where the form of the ledger lets others be passed over
 * @throws UsageError where there is no ledger to be read; Refused where there is one that is broken or does not answer
 */
export async function openLedger(path: string, session: string | undefined, io: Io): Promise<LedgerSource> {
  if (isUrl(path)) return openPostgres(path, session);
  if (path === "-") return { inOrder: false, lines: recordLines(io.stdin), close: async () => {} };
  const handle = await readable(path, () => open(path));
  if (await isSqlite(path, handle)) {
    await handle.close();
    return openSqlite(path, session);
  }
  await expectRecords(path, handle).catch(async (error: unknown) => {
    await handle.close();
    throw error;
  });
  const stream = handle.createReadStream({ start: 0, highWaterMark: 1 << 20 });
  return { inOrder: false, lines: recordLines(stream), close: async () => void stream.destroy() };
}

async function isSqlite(path: string, handle: FileHandle): Promise<boolean> {
  if (!(await handle.stat()).isFile()) {
    await handle.close();
    throw new UsageError(`cannot read \`${path}\`: a file was expected, or \`-\` for standard input`);
  }
  const { buffer, bytesRead } = await handle.read(new Uint8Array(sqliteMagic.length), 0, sqliteMagic.length, 0);
  return new TextDecoder("latin1").decode(buffer.subarray(0, bytesRead)) === sqliteMagic;
}

function openSqlite(path: string, session: string | undefined): LedgerSource {
  let records: SqliteRecords;
  try {
    records = openSqliteRecords(path);
  } catch (error) {
    throw unopened(path, error);
  }
  const lines = sqliteLines(records, session);
  return { inOrder: true, lines, claims: () => records.claims(), close: async () => records.close() };
}

async function openPostgres(url: string, session: string | undefined): Promise<LedgerSource> {
  let records: PostgresRecords;
  urlOf(url);
  try {
    records = await openPostgresRecords(url);
  } catch (error) {
    const message = `the ledger in PostgreSQL cannot be read: ${reasonOf(error)}`;
    throw error instanceof NoLedgerError ? new UsageError(makeVisible(message)) : unread(message);
  }
  const lines = postgresLines(records, session);
  return { inOrder: true, lines, claims: () => records.claims(), close: () => records.close() };
}

async function* postgresLines(records: PostgresRecords, session: string | undefined): AsyncGenerator<LedgerLine> {
  let line = 0;
  for await (const { text, ...row } of records.rows(session)) yield { ...decode(text), line: ++line, row };
}

function* sqliteLines(records: SqliteRecords, session: string | undefined): Generator<LedgerLine> {
  let line = 0;
  for (const { text, ...row } of records.rows(session)) yield { ...decode(text), line: ++line, row };
}

/** Total: what is no UTF-8, or too long, is a line without a text. */
export async function* jsonLines(input: AsyncIterable<Uint8Array>): AsyncGenerator<LedgerLine> {
  let line = 0;
  for await (const bytes of linesOf(input)) yield { ...(bytes === null ? tooLong : decode(bytes)), line: ++line };
}

/** The same, of records: each is compared to the byte with what was hashed. */
async function* recordLines(input: AsyncIterable<Uint8Array>): AsyncGenerator<LedgerLine> {
  for await (const line of jsonLines(input)) {
    const lacks = line.text === undefined ? undefined : changeOf(line.text);
    yield lacks === undefined ? line : { ...line, text: undefined, lacks };
  }
}

/** What editors, and copies between systems, add to a line. */
function changeOf(text: string): string | undefined {
  if (text.startsWith("\ufeff")) return "begins with a byte order mark, which is no part of a record: remove it";
  if (text.endsWith("\r")) return "ends with a carriage return: records are lines that end with a line feed alone";
  return undefined;
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** No record may be as long by far. */
const tooLong = { text: undefined, lacks: `is longer than ${longestLineBytes / 1024 ** 2} MiB: no record is` };
const noText = { text: undefined, lacks: "is no UTF-8 text" };

function decode(bytes: Uint8Array): Pick<LedgerLine, "text" | "lacks"> {
  try {
    return { text: decoder.decode(bytes) };
  } catch {
    return noText;
  }
}
