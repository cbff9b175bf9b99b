/** Every record of a ledger in PostgreSQL, for those who only look: as it was at one moment, page by page. */
import type { ClaimRow } from "../../audit/claims.ts";
import { reasonOf } from "../../fault.ts";
import type { SqliteRecord } from "../sqlite-records.ts";
import { GuardedSocket } from "./connections.ts";
import { schemaVersion } from "./statements.ts";

export interface PostgresRecords {
  /** Session by session, each in the order of its records. Rejected where the server cannot be asked on. */
  rows(session?: string): AsyncIterable<SqliteRecord>;
  /** By name. */
  claims(): AsyncIterable<ClaimRow>;
  close(): Promise<void>;
}

const pageLength = 200;
const connectMs = 5_000;
const answerMs = 60_000;

/** There is a server, and no ledger of this version in it. */
export class NoLedgerError extends Error {}

/** What PostgreSQL says of tables, schemas and databases that are not there. */
const absent: readonly unknown[] = ["42P01", "3F000", "3D000"];

function isAbsent(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && absent.includes(cause.code);
}

/**
 * Rejected with a `NoLedgerError` for what is no ledger of this version, with another error for what does not answer.
 *
 * @param schema a plain lower-case identifier
 */
export async function openPostgresRecords(connectionString: string, schema = "ambit"): Promise<PostgresRecords> {
  const { default: pg } = await import("pg");
  const limits = { connectionTimeoutMillis: connectMs, query_timeout: answerMs };
  const names = { application_name: "ambit audit", stream: () => new GuardedSocket() };
  const client = new pg.Client({ connectionString, ...limits, ...names });
  client.on("error", () => {});
  const ask = async (text: string, values: readonly unknown[] = []): Promise<readonly Record<string, unknown>[]> =>
    (await client.query<Record<string, unknown>>(text, [...values])).rows;
  try {
    await client.connect();
    await ask("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const [found] = await ask(`SELECT version::text AS version FROM "${schema}".ambit_ledger`);
    if (found?.version !== String(schemaVersion))
      throw new NoLedgerError(`its tables are of version ${found?.version}, this is version ${schemaVersion}`);
  } catch (cause) {
    await client.end().catch(() => {});
    if (cause instanceof NoLedgerError) throw cause;
    throw isAbsent(cause) ? new NoLedgerError(reasonOf(cause), { cause }) : new Error(reasonOf(cause), { cause });
  }
  const columns = `SELECT session, seq::text AS number, hash, text FROM "${schema}".record`;
  return {
    async *rows(session) {
      let last = { session: session ?? "", seq: 0 };
      for (;;) {
        const place = [last.session, last.seq, pageLength];
        const page =
          session === undefined
            ? await ask(`${columns} WHERE (session, seq) > ($1, $2::bigint) ORDER BY session, seq LIMIT $3`, place)
            : await ask(`${columns} WHERE session = $1 AND seq > $2::bigint ORDER BY seq LIMIT $3`, place);
        for (const row of page) {
          last = { session: String(row.session), seq: Number(row.number) };
          yield { ...last, hash: String(row.hash), text: new TextEncoder().encode(String(row.text)) };
        }
        if (page.length < pageLength) return;
      }
    },
    async *claims() {
      for (let last = ""; ; ) {
        const page = await ask(`SELECT name, session FROM "${schema}".claim WHERE name > $1 ORDER BY name LIMIT $2`, [
          last,
          pageLength,
        ]);
        for (const row of page) {
          last = String(row.name);
          yield { name: nameIn(last), session: String(row.session) };
        }
        if (page.length < pageLength) return;
      }
    },
    async close() {
      await client.end().catch(() => {});
    },
  };
}

/** The store writes it as JSON; what is none is shown as it stands. */
function nameIn(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}
