/** Where a PostgreSQL store sends its statements: a pool of its own, or the application's. */
import { Socket } from "node:net";
import type { ClientConfig, Pool } from "pg";

export interface PostgresTimeouts {
  /** For a connection to be there, milliseconds. */
  readonly connectMs?: number;
  /** For one statement, on either side, milliseconds. */
  readonly statementMs?: number;
}

/** What is used of a `Pool` of pg. */
export interface PostgresPool {
  query(query: { text: string; values?: unknown[] }): Promise<{ readonly rows: readonly unknown[] }>;
  listeners(event: "error"): readonly unknown[];
  on(event: "error", listener: () => void): unknown;
  off(event: "error", listener: () => void): unknown;
  end(): Promise<void>;
}

export interface Connections {
  pool(): Promise<PostgresPool>;
  /**
   * After a failure: whatever was connected then is not used again.
   *
   * @returns whether nothing was asked yet, and it is worth to be asked again at once
   */
  renew(failed: PostgresPool, cause: unknown): boolean;
  close(): Promise<void>;
}

/** A pool of ours is replaced after a failure, so that no dead connection costs another timeout. */
export function ownConnections(connectionString: string, max: number, limits: Required<PostgresTimeouts>): Connections {
  let current: OwnPool | undefined;
  let isPooled = false;
  return {
    async pool() {
      current ??= await openPool(connectionString, max, limits, isPooled);
      return current.pool;
    },
    renew(failed, cause) {
      if (current?.pool !== failed) return false;
      void shut(current, limits);
      current = undefined;
      const isNews = !isPooled && isPoolerRefusal(cause);
      isPooled ||= isNews;
      return isNews;
    },
    async close() {
      const closing = current;
      current = undefined;
      if (closing !== undefined) await shut(closing, limits);
    },
  };
}

/** The application's pool stays open, and answers for its own connections. */
export function givenConnections(pool: PostgresPool): Connections {
  return {
    async pool() {
      // Without a listener the end of an idle connection would end the process.
      if (!pool.listeners("error").includes(ignore)) pool.on("error", ignore);
      return pool;
    },
    renew: () => false,
    async close() {
      pool.off("error", ignore);
    },
  };
}

/** A pooler between, such as PgBouncer, knows no settings of a connection: then the limit on this side has to do. */
function isPoolerRefusal(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && cause.code === "08P01" && /startup parameter/.test(cause.message);
}

interface OwnPool {
  readonly pool: PostgresPool;
  readonly sockets: ReadonlySet<Socket>;
}

async function openPool(
  connectionString: string,
  max: number,
  limits: Required<PostgresTimeouts>,
  isPooled: boolean,
): Promise<OwnPool> {
  const { default: pg } = await import("pg");
  const sockets = new Set<Socket>();
  /** Whoever holds it or has given it up: nobody but a listener hears that a connection has ended, and without one the process ends. */
  class HeardClient extends pg.Client {
    constructor(config?: string | ClientConfig) {
      super(config);
      this.on("error", ignore);
    }
  }
  const pool = new pg.Pool({
    Client: HeardClient,
    connectionString,
    max,
    connectionTimeoutMillis: limits.connectMs,
    ...(isPooled ? {} : { statement_timeout: limits.statementMs }),
    keepAlive: true,
    allowExitOnIdle: true,
    application_name: "ambit",
    stream() {
      const socket = new GuardedSocket();
      sockets.add(socket);
      return socket.once("close", () => sockets.delete(socket));
    },
  });
  pool.on("error", ignore);
  return { pool: doubting(pool), sockets };
}

/**
 * A commit that was to wait for a standby and was told not to is confirmed like any other, with a warning: whoever asked is told
 * that nobody knows.
 */
function doubting(pool: Pool): PostgresPool {
  const warned = new WeakSet<object>();
  pool.on("connect", (client) =>
    client.on("notice", ({ severity }) => {
      if (severity === "WARNING") warned.add(client);
    }),
  );
  return {
    async query(query) {
      const client = await pool.connect();
      try {
        const answered = await client.query(query);
        if (warned.has(client)) throw new Error("the server has warned that what it confirms may not last");
        client.release();
        return answered;
      } catch (cause) {
        client.release(true);
        throw cause;
      }
    },
    listeners: (event) => pool.listeners(event),
    on: (event, listener) => pool.on(event, listener),
    off: (event, listener) => pool.off(event, listener),
    end: () => pool.end(),
  };
}

/** What is under way may end within its limits; what then is still open hangs, and is cut. */
async function shut({ pool, sockets }: OwnPool, { connectMs, statementMs }: Required<PostgresTimeouts>): Promise<void> {
  const cut = setTimeout(() => {
    for (const socket of sockets) socket.destroy();
  }, connectMs + statementMs);
  cut.unref();
  await pool.end().catch(ignore);
}

/** Bytes that are no protocol make the driver throw where nobody could catch: here they end the connection. */
export class GuardedSocket extends Socket {
  override emit(event: string | symbol, ...values: unknown[]): boolean {
    if (event !== "data") return super.emit(event, ...values);
    try {
      return super.emit(event, ...values);
    } catch (cause) {
      this.destroy(new Error("the server's answer is no protocol", { cause }));
      return true;
    }
  }
}

function ignore(): void {}
