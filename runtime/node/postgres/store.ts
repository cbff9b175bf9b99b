/** Ledgers in a PostgreSQL database: the store of many gateways (SPEC §7). */
import { type AppendResult, claimsOf, type Store, type StoreFault } from "../../ledger/store/store.ts";
import { type Answer, planAsking, serializationFailure, uniqueViolation } from "./ask.ts";
import { givenConnections, ownConnections, type PostgresPool, type PostgresTimeouts } from "./connections.ts";
import { statementsFor } from "./statements.ts";

export interface PostgresSettings {
  /** A schema of its own, `ambit` if not given: lower-case letters, digits and underscores. It is made where it is missing. */
  readonly schema?: string;
  /** Whether tables that are not there are made; so if not given. */
  readonly make?: boolean;
  /** Five seconds each, if not given. */
  readonly timeouts?: PostgresTimeouts;
}

/** How to reach the server: by a pool of at most `connections` (10) connections, or by one that the application has. */
export type PostgresOptions = PostgresSettings &
  (
    | { readonly connectionString: string; readonly connections?: number; readonly pool?: never }
    | { readonly pool: PostgresPool; readonly connectionString?: never }
  );

export type SessionsResult =
  | { readonly ok: true; readonly sessions: readonly string[] }
  | { readonly ok: false; readonly fault: StoreFault };

export interface PostgresStore extends Store {
  /** The sessions that have neither been closed nor rejected, by id, beginning after `after`; at most `limit` of them. */
  openSessions(after: string, limit: number): Promise<SessionsResult>;
}

/**
 * Connects when it is first used, and makes its tables if they are not there (`make`). After a failure it connects anew, so that a server
 * that is back is used again. Many processes may write to one schema.
 *
 * @throws RangeError for a schema that is no plain name
 */
export function postgresStore(options: PostgresOptions): PostgresStore {
  const { schema = "ambit", make = true, timeouts = {} } = options;
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) throw new RangeError(`\`${schema}\` is no plain name of a schema`);
  const limits = { connectMs: 5_000, statementMs: 5_000, ...timeouts };
  const connections =
    options.pool === undefined
      ? ownConnections(options.connectionString, options.connections ?? 10, limits)
      : givenConnections(options.pool);
  const statements = statementsFor(schema);
  const ask = planAsking(connections, statements, limits, make);
  return {
    async read(session, from, limit) {
      const answer = await ask(statements.read, [session, from, limit]);
      return answer.ok ? { ok: true, texts: answer.values } : unavailable(answer);
    },
    async append(session, after, { seq, hash, text }, claim): Promise<AppendResult> {
      if (seq !== after.seq + 1) return { outcome: "lost" };
      const values = [session, seq, hash, text, after.seq, after.hash, after.text ?? null];
      const names = claimsOf(claim).map(written);
      if (names.length === 0) return outcomeOf(await ask(statements.append, values), hash);
      return outcomeOf(await ask(statements.appendClaiming, [...values, names]), hash);
    },
    async claimant(claim) {
      const answer = await ask(statements.claimant, [written(claim)]);
      return answer.ok ? { ok: true, session: answer.values[0] } : unavailable(answer);
    },
    async openSessions(after, limit) {
      const answer = await ask(statements.openSessions, [after, limit]);
      return answer.ok ? { ok: true, sessions: answer.values } : unavailable(answer);
    },
    close: () => connections.close(),
  };
}

/** As JSON: the server takes no text with a NUL. */
function written(claim: string): string {
  return JSON.stringify(claim);
}

function unavailable({ fault }: { readonly fault: StoreFault }) {
  return { ok: false, fault } as const;
}

function outcomeOf(answer: Answer, hash: string): AppendResult {
  if (answer.ok) {
    const [written] = answer.values;
    if (written === "lost") return { outcome: "lost" };
    return written === hash ? { outcome: "appended" } : { outcome: "failed", fault: garbled };
  }
  if (answer.state === uniqueViolation) return { outcome: "claimed" };
  return answer.state === serializationFailure ? { outcome: "lost" } : { outcome: "failed", fault: answer.fault };
}

const garbled: StoreFault = {
  code: "STORE_UNAVAILABLE",
  message: "the ledger in PostgreSQL cannot be used: the server confirmed another record",
};
