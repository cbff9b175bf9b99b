/** Questions to the server: each finds the tables there, of this version, and gets its own answer in time, or a fault. */
import { reasonOf } from "../../fault.ts";
import type { StoreFault } from "../../ledger/store/store.ts";
import type { Connections, PostgresPool, PostgresTimeouts } from "./connections.ts";
import { type Statements, schemaVersion } from "./statements.ts";

export type Answer =
  | { readonly ok: true; readonly values: readonly string[] }
  /** The server's own refusal has an SQLSTATE: the statement has done nothing. */
  | { readonly ok: false; readonly fault: StoreFault; readonly state: string | undefined };

/** Never rejected. */
export type Ask = (text: string, values: readonly unknown[]) => Promise<Answer>;

export const uniqueViolation = "23505";
export const serializationFailure = "40001";
/** What a statement ran into by itself: the connection is sound. */
const ordinary: readonly unknown[] = [uniqueViolation, serializationFailure];

/** Every column is a text; what the server, or whoever garbles its answer, says of its type does not matter. */
const asText = { getTypeParser: () => String };

let questions = 0;

/** @param isMade whether tables that are not there are made */
export function planAsking(
  connections: Connections,
  statements: Statements,
  limits: Required<PostgresTimeouts>,
  isMade: boolean,
): Ask {
  let prepared: { readonly pool: PostgresPool; readonly done: Promise<void> } | undefined;

  const send = async (pool: PostgresPool, text: string, values: readonly unknown[]): Promise<readonly string[]> => {
    const question = String(++questions);
    const query = { text, values: [...values, question], types: asText, query_timeout: limits.statementMs };
    const { rows } = await pool.query(query);
    if (rows.length === 0 || !rows.every((row) => isAnswer(row, question)))
      throw new Error("the server answered something else");
    return rows.filter((row) => isAnswer(row, question)).flatMap(({ value }) => value ?? []);
  };

  const prepare = async (pool: PostgresPool) => {
    const there = await send(pool, statements.isThere, []);
    if (there.length === 0 && !isMade) throw new Error("there is none in this database");
    if (there.length === 0) await pool.query({ text: statements.create });
    const [version] = await send(pool, statements.version, []);
    if (version !== String(schemaVersion))
      throw new Error(`its tables are of version ${version}, this is version ${schemaVersion}`);
    const [path = "", ...wrong] = await send(pool, statements.condition, []);
    const [trouble = pathProblem(path)] = wrong;
    if (trouble !== undefined) throw new Error(trouble);
  };

  const ask: Ask = async (text, values) => {
    let pool: PostgresPool | undefined;
    try {
      const used = await connections.pool();
      pool = used;
      if (prepared?.pool !== used) prepared = { pool: used, done: prepare(used) };
      const answered = prepared.done.then(() => send(used, text, values));
      return { ok: true, values: await within(limits.connectMs + limits.statementMs, answered) };
    } catch (cause) {
      const state = stateOf(cause);
      if (!ordinary.includes(state)) {
        prepared = undefined;
        if (pool !== undefined && connections.renew(pool, cause)) return ask(text, values);
      }
      const message = `the ledger in PostgreSQL cannot be used: ${whyOf(cause)}`;
      return { ok: false, fault: { code: "STORE_UNAVAILABLE", message, cause }, state };
    }
  };

  return ask;
}

/** Where another schema comes before the server's own, whoever may write there says what `=` means. */
function pathProblem(path: string): string | undefined {
  const schemas = path.split(",").map((name) => name.trim().replace(/^"(.*)"$/, "$1"));
  return schemas.indexOf("pg_catalog") > 0
    ? `its search_path puts other schemas before pg_catalog: ${path}`
    : undefined;
}

function isAnswer(row: unknown, question: string): row is { readonly value: string | null } {
  if (typeof row !== "object" || row === null || !("question" in row) || !("value" in row)) return false;
  return row.question === question && (row.value === null || typeof row.value === "string");
}

function stateOf(cause: unknown): string | undefined {
  if (!(cause instanceof Error) || !("severity" in cause) || !("code" in cause)) return undefined;
  return typeof cause.code === "string" ? cause.code : undefined;
}

/** A host with several addresses fails once for each. */
function whyOf(cause: unknown): string {
  return cause instanceof AggregateError ? cause.errors.map(reasonOf).join("; ") : reasonOf(cause);
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
