/**
 * The PostgreSQL server that the tests of one file share: the one that AMBIT_POSTGRES_URL names, or a throwaway one. Where there is
 * neither, the tests are skipped with the reason, unless AMBIT_POSTGRES=required.
 */
import pg from "pg";
import { afterAll } from "vitest";
import { type PostgresServer, startPostgres } from "./postgres-server.ts";

export class PostgresMissing extends Error {}

export interface FreshSchema {
  readonly connectionString: string;
  /** Not made yet. */
  readonly schema: string;
  /** As the owner of the database. */
  query(text: string): Promise<readonly Record<string, unknown>[]>;
  drop(): Promise<void>;
}

let started: Promise<PostgresServer> | undefined;
let schemas = 0;

export async function freshSchema(): Promise<FreshSchema> {
  const connectionString = process.env.AMBIT_POSTGRES_URL ?? (await throwaway()).url;
  const schema = `ambit_${process.pid}_${Date.now()}_${++schemas}`;
  const query = async (text: string) => {
    const client = new pg.Client({ connectionString });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(text)).rows;
    } finally {
      await client.end();
    }
  };
  const drop = async () => void (await query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`));
  return { connectionString, schema, query, drop };
}

async function throwaway(): Promise<PostgresServer> {
  started ??= startPostgres();
  try {
    return await started;
  } catch (error) {
    throw new PostgresMissing(`no PostgreSQL: ${error instanceof Error ? error.message : error}`);
  }
}

/** For what a test begins with: a server that is missing skips the test. */
export function skipWithout(skip: (reason: string) => never): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof PostgresMissing) || process.env.AMBIT_POSTGRES === "required") throw error;
    console.warn(error.message);
    return skip(error.message);
  };
}

afterAll(async () => {
  const server = await started?.catch(() => undefined);
  await server?.stop();
});
