/** PostgreSQL as it is run: behind a pooler, with a standby, restored from a dump, by people who may do little. */
import { once } from "node:events";
import { connect, createServer, type Server } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { noHead } from "../../runtime/ledger/record.ts";
import { type PostgresStore, postgresStore } from "../../runtime/node/postgres/store.ts";
import { type FreshSchema, freshSchema, skipWithout } from "./postgres.ts";
import { startPostgres } from "./postgres-server.ts";

const unavailable = { code: "STORE_UNAVAILABLE" };
const record = (seq: number) => ({ seq, hash: `a${seq}`, text: `${seq}` });
const headAt = (seq: number) => ({ seq, hash: `a${seq}` });

let fresh: FreshSchema;
let stores: PostgresStore[];

beforeEach(async ({ skip }) => {
  stores = [];
  fresh = await freshSchema().catch(skipWithout(skip));
});
afterEach(async () => {
  for (const each of stores) await each.close();
  await fresh?.drop();
});

function opened(settings = "", address = fresh.connectionString): PostgresStore {
  const connectionString = settings === "" ? address : `${address}?options=${encodeURIComponent(settings)}`;
  const { schema } = fresh;
  const made = postgresStore({
    connectionString,
    schema,
    connections: 2,
    timeouts: { connectMs: 1_000, statementMs: 2_000 },
  });
  stores.push(made);
  return made;
}

describe("the tables", () => {
  test.each([
    ["record", "record_pkey", /record has lost its primary key/],
    ["claim", "claim_pkey", /claim has lost its primary key/],
  ])("%s without its key, as a dump without constraints restores it, are not used", async (table, key, message) => {
    await opened().append("s", noHead, record(1), "env_1");
    const { schema } = fresh;
    await fresh.query(`ALTER TABLE ${schema}.${table} DROP CONSTRAINT ${key}`);
    const fault = { ...unavailable, message: expect.stringMatching(message) };
    expect(await opened().append("s", headAt(1), record(2))).toMatchObject({ outcome: "failed", fault });
    expect(await opened().read("s", 1, 9)).toMatchObject({ ok: false, fault });
    const columns = table === "record" ? "session, seq" : "name";
    // Neither a key that is judged at the end of the transaction only, nor one of some rows.
    await fresh.query(`ALTER TABLE ${schema}.${table} ADD CONSTRAINT ${key} UNIQUE (${columns}) DEFERRABLE`);
    expect(await opened().append("s", headAt(1), record(2))).toMatchObject({ outcome: "failed", fault });
    await fresh.query(`ALTER TABLE ${schema}.${table} DROP CONSTRAINT ${key}`);
    await fresh.query(
      `CREATE UNIQUE INDEX ${key} ON ${schema}.${table} (${columns}) WHERE ${columns.split(",")[0]} <> ''`,
    );
    expect(await opened().append("s", headAt(1), record(2))).toMatchObject({ outcome: "failed", fault });
    await fresh.query(
      `DROP INDEX ${schema}.${key}; ALTER TABLE ${schema}.${table} ADD CONSTRAINT ${key} PRIMARY KEY (${columns})`,
    );
    expect(await opened().append("s", headAt(1), record(2))).toEqual({ outcome: "appended" });
  });

  test("that are not logged are not used: a crash would empty them", async () => {
    await opened().append("s", noHead, record(1));
    await fresh.query(`ALTER TABLE ${fresh.schema}.record SET UNLOGGED`);
    const fault = { ...unavailable, message: expect.stringMatching(/not logged/) };
    expect(await opened().append("s", headAt(1), record(2))).toMatchObject({ outcome: "failed", fault });
    await fresh.query(`ALTER TABLE ${fresh.schema}.record SET LOGGED`);
    expect(await opened().append("s", headAt(1), record(2))).toEqual({ outcome: "appended" });
  });
});

describe("a search path", () => {
  test("that puts somebody else's functions and operators first is refused", async () => {
    const { schema } = fresh;
    await opened().append("s", noHead, record(1));
    const evil = `${schema}_evil`;
    // Says of any setting that it is on, and changes none; says of any two texts that they are equal.
    await fresh.query(`CREATE SCHEMA ${evil};
      CREATE FUNCTION ${evil}.set_config(text, text, boolean) RETURNS text LANGUAGE sql AS $$ SELECT 'on' $$;
      CREATE FUNCTION ${evil}.same(text, text) RETURNS boolean LANGUAGE sql AS $$ SELECT true $$;
      CREATE OPERATOR ${evil}.= (LEFTARG = text, RIGHTARG = text, FUNCTION = ${evil}.same)`);
    try {
      const misled = opened(`-c search_path=${evil},pg_catalog`);
      const fault = { ...unavailable, message: expect.stringMatching(/search_path/) };
      expect(await misled.append("s", { seq: 1, hash: "another" }, record(2))).toMatchObject({
        outcome: "failed",
        fault,
      });
      // Where the server's own schema is not named it comes first.
      const safe = opened(`-c search_path=${evil}`);
      expect(await safe.append("s", { seq: 1, hash: "another" }, record(2))).toEqual({ outcome: "lost" });
      expect(await safe.append("s", headAt(1), record(2))).toEqual({ outcome: "appended" });
      expect(await opened("-c search_path=pg_catalog,public").read("s", 1, 9)).toEqual({ ok: true, texts: ["1", "2"] });
    } finally {
      await fresh.query(`DROP SCHEMA ${evil} CASCADE`);
    }
  });
});

describe("a pooler", () => {
  test("that knows no settings of a connection is used without them, from the first question on", async () => {
    const pooler = await startPooler(new URL(fresh.connectionString));
    const url = new URL(fresh.connectionString);
    url.hostname = "127.0.0.1";
    url.port = String(pooler.port);
    try {
      const store = opened("", String(url));
      expect(await store.append("s", noHead, record(1))).toEqual({ outcome: "appended" });
      expect(await store.append("s", headAt(1), record(2))).toEqual({ outcome: "appended" });
      expect(pooler.refused()).toBeGreaterThan(0);
    } finally {
      await closeStores();
      await pooler.stop();
    }
  });

  test("that refuses every connection is a fault", async () => {
    const pooler = await startPooler(undefined);
    try {
      const store = opened("", `postgres://ambit@127.0.0.1:${pooler.port}/postgres`);
      expect(await store.append("s", noHead, record(1))).toMatchObject({ outcome: "failed", fault: unavailable });
      expect(await store.read("s", 1, 1)).toMatchObject({ ok: false, fault: unavailable });
    } finally {
      await closeStores();
      await pooler.stop();
    }
  });
});

async function closeStores(): Promise<void> {
  for (const each of stores) await each.close();
}

/** As PgBouncer in its default settings: it ends every connection that brings a setting of its own. */
async function startPooler(target: URL | undefined) {
  let refusals = 0;
  const server: Server = createServer((client) => {
    client.on("error", () => {});
    client.once("data", (startup) => {
      if (target === undefined || startup.includes("statement_timeout\0")) {
        refusals += 1;
        client.end(errorResponse("08P01", "unsupported startup parameter: statement_timeout"));
        return;
      }
      const upstream = connect({ port: Number(target.port), host: target.hostname });
      upstream.on("error", () => client.destroy());
      client.on("close", () => upstream.destroy());
      upstream.on("close", () => client.destroy());
      upstream.write(startup);
      client.pipe(upstream);
      upstream.pipe(client);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    port: address.port,
    refused: () => refusals,
    async stop() {
      server.close();
      await once(server, "close");
    },
  };
}

function errorResponse(code: string, message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${message}\0\0`);
  const head = Buffer.alloc(5);
  head.write("E");
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

test("a commit that nobody waits for to reach the standby is not confirmed, and is found when it is read", async ({
  skip,
}) => {
  const server = await startPostgres().catch((error) => {
    if (process.env.AMBIT_POSTGRES === "required") throw error;
    return skip(String(error));
  });
  const store = postgresStore({ connectionString: server.url, timeouts: { connectMs: 2_000, statementMs: 8_000 } });
  const { default: pg } = await import("pg");
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  try {
    expect(await store.append("s", noHead, record(1))).toEqual({ outcome: "appended" });
    await admin.query("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
    await admin.query("SELECT pg_reload_conf()");
    await new Promise((resolve) => setTimeout(resolve, 300));
    const appending = store.append("s", headAt(1), record(2));
    const waiting = "SELECT pg_cancel_backend(pid) AS done FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
    for (let done = 0; done === 0; ) done = (await admin.query(waiting)).rows.length;
    expect(await appending).toMatchObject({ outcome: "failed", fault: unavailable });
    expect(await store.read("s", 1, 9)).toEqual({ ok: true, texts: ["1", "2"] });
  } finally {
    await admin.end();
    await store.close();
    await server.stop();
  }
}, 30_000);
