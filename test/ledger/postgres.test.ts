/** A PostgreSQL server that cannot be used: a denial with a code, no exception, and no repair by hand when it is back. */
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { beginLog, openLog, type SessionLog } from "../../runtime/ledger/log.ts";
import { type Head, noHead } from "../../runtime/ledger/record.ts";
import { type PostgresStore, postgresStore } from "../../runtime/node/postgres/store.ts";
import { activation, allow, entry, envelope, notAllowed, policy } from "./entries.ts";
import { type FreshSchema, freshSchema, skipWithout } from "./postgres.ts";

const unavailable = { code: "STORE_UNAVAILABLE" };
/** As long as a machine with other work to do may take, where nothing is to be waited for in vain. */
const patience = { connectMs: 5_000, statementMs: 5_000 };
const hurry = { connectMs: 1_000, statementMs: 300 };

let fresh: FreshSchema;
let schema: string;
let stores: PostgresStore[];
let store: PostgresStore;

beforeEach(async ({ skip }) => {
  stores = [];
  fresh = await freshSchema().catch(skipWithout(skip));
  ({ schema } = fresh);
  store = opened();
});
afterEach(async () => {
  for (const each of stores) await each.close();
  await fresh?.drop();
});

/** @param settings of the connection, as a server or a role may have them */
function opened(settings = "", address = fresh.connectionString, timeouts = patience): PostgresStore {
  const connectionString = settings === "" ? address : `${address}?options=${encodeURIComponent(settings)}`;
  const made = postgresStore({ connectionString, schema, connections: 2, timeouts });
  stores.push(made);
  return made;
}

async function begin(records = 3): Promise<SessionLog> {
  const begun = await beginLog(store, activation(), envelope);
  if (begun.outcome !== "begun") throw new Error(JSON.stringify(begun));
  for (let at = 1; at < records; at++) await begun.log.append(notAllowed("deny", at));
  return begun.log;
}

const record = (seq: number, name = "a") => ({ seq, hash: `${name}${seq}`, text: `${seq}` });
const after = (seq: number, name = "a"): Head => (seq === 0 ? noHead : { seq, hash: `${name}${seq}` });

describe("denied, with a code", () => {
  test.each([
    ["a port where nobody listens", (url: URL) => (url.port = "1")],
    ["a database that is not there", (url: URL) => (url.pathname = "/nowhere")],
    ["a role that is not there", (url: URL) => (url.username = "nobody_here")],
  ])("%s", async (_, spoil) => {
    const url = new URL(fresh.connectionString);
    spoil(url);
    const wrong = opened("", String(url));
    expect(await wrong.read("s", 1, 1)).toMatchObject({ ok: false, fault: unavailable });
    expect(await wrong.append("s", noHead, record(1))).toMatchObject({ outcome: "failed", fault: unavailable });
    expect(await wrong.claimant("e")).toMatchObject({ ok: false, fault: unavailable });
    expect(await wrong.openSessions("", 1)).toMatchObject({ ok: false, fault: unavailable });
  });

  test("a text that is no address, without what stands in it", async () => {
    const wrong = opened("", "postgres://ambit:secret@[");
    const result = await wrong.read("s", 1, 1);
    expect(result).toMatchObject({ ok: false, fault: unavailable });
    expect(JSON.stringify(result)).not.toContain("secret");
  });

  test.each([
    ["says nothing", (_: Socket) => {}],
    ["hangs up", (socket: Socket) => socket.destroy()],
    ["talks nonsense", (socket: Socket) => socket.write(Buffer.from([0x54, 0, 0, 0, 4, 0x44, 0, 0, 0, 5, 1]))],
    ["talks HTTP", (socket: Socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")],
  ])("a server that %s, in time, and lets go when it is closed", async (_, answer) => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => {
      sockets.push(socket.on("error", () => {}));
      answer(socket);
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    const connectionString = `postgres://ambit@127.0.0.1:${address.port}/postgres`;
    const mute = opened("", connectionString, { connectMs: 200, statementMs: 200 });
    const start = performance.now();
    expect(await mute.append("s", noHead, record(1))).toMatchObject({ outcome: "failed", fault: unavailable });
    await mute.close();
    expect(performance.now() - start).toBeLessThan(3_000);
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  test("tables that somebody holds, until he lets go", async () => {
    const { session } = (await begin()).state.end;
    const opening = await openLog(opened("", fresh.connectionString, hurry), session);
    if (!opening.ok) throw new Error(opening.fault.message);
    const { log } = opening;
    const holder = new pg.Client({ connectionString: fresh.connectionString });
    await holder.connect();
    await holder.query(`BEGIN; LOCK TABLE ${schema}.record IN ACCESS EXCLUSIVE MODE`);
    expect(await log.append(allow(9))).toMatchObject({ outcome: "failed", fault: unavailable });
    expect(await log.refresh()).toMatchObject(unavailable);
    await holder.query("ROLLBACK");
    await holder.end();
    expect(await log.refresh()).toBeUndefined();
    expect(await log.append(allow(9))).toMatchObject({ outcome: "appended" });
  });

  test("connections that the server ends, once at most", async () => {
    const log = await begin();
    await fresh.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ambit'");
    const result = await log.append(allow(9));
    if (result.outcome === "failed") expect(await log.refresh()).toBeUndefined();
    if (result.outcome === "failed") expect(await log.append(allow(9))).toMatchObject({ outcome: "appended" });
  });

  test("a full disk: nothing is appended, until there is room", async () => {
    const log = await begin();
    await fresh.query(`
      CREATE FUNCTION ${schema}.full() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'disk_full', MESSAGE = 'could not extend file'; END $$;
      CREATE TRIGGER full_disk BEFORE INSERT ON ${schema}.record EXECUTE FUNCTION ${schema}.full()`);
    const result = await log.append(allow(9));
    expect(result).toMatchObject({ outcome: "failed", fault: unavailable });
    expect(log.state.reservations.size).toBe(0);
    await fresh.query(`DROP TRIGGER full_disk ON ${schema}.record`);
    expect(await log.append(allow(9))).toMatchObject({ outcome: "appended" });
  });

  test("a database that may only be read: nothing is appended, and it can be read", async () => {
    const { session } = (await begin()).state.end;
    const log = await openLog(opened("-c default_transaction_read_only=on"), session);
    if (!log.ok) throw new Error(log.fault.message);
    expect(await log.log.append(allow(9))).toMatchObject({ outcome: "failed", fault: unavailable });
  });

  test.each<readonly [what: string, statement: string, seq: number]>([
    ["a changed record", `UPDATE record SET text = replace(text, '"deny"', '"hold"') WHERE seq = 3`, 3],
    ["a missing record", "DELETE FROM record WHERE seq = 2", 2],
    ["a changed first record", "UPDATE record SET text = replace(text, 'env_1', 'env_2') WHERE seq = 1", 1],
  ])("%s", async (_, statement, seq) => {
    const log = await begin();
    await fresh.query(`SET search_path = ${schema}; ${statement}`);
    const result = await openLog(opened(), log.state.end.session);
    expect(result).toMatchObject({ ok: false, fault: { ...unavailable, problem: { seq } } });
  });

  test("a ledger that was cut behind the back of a process that holds it", async () => {
    const log = await begin();
    await fresh.query(`DELETE FROM ${schema}.record WHERE seq = 3`);
    expect(await log.append(allow(9))).toEqual({ outcome: "lost" });
    expect(await log.refresh()).toMatchObject({ ...unavailable, message: expect.stringContaining("lost record 3") });
  });
});

describe("the schema", () => {
  test("of somebody else is left alone", async () => {
    await fresh.query(`CREATE SCHEMA ${schema}; CREATE TABLE ${schema}.record (a int)`);
    expect(await store.append("s", noHead, record(1))).toMatchObject({
      outcome: "failed",
      fault: { ...unavailable, message: expect.stringContaining("somebody else") },
    });
    const tables = await fresh.query(`SELECT tablename FROM pg_tables WHERE schemaname = '${schema}'`);
    expect(tables).toEqual([{ tablename: "record" }]);
  });

  test("of another version is refused, until it is the right one", async () => {
    await begin();
    await fresh.query(`UPDATE ${schema}.ambit_ledger SET version = 2`);
    const message = expect.stringContaining("version 2");
    expect(await opened().read("s", 1, 1)).toMatchObject({ ok: false, fault: { ...unavailable, message } });
    await fresh.query(`UPDATE ${schema}.ambit_ledger SET version = 1`);
    expect(await opened().read("s", 1, 1)).toEqual({ ok: true, texts: [] });
  });

  test("may have been made before, empty", async () => {
    await fresh.query(`CREATE SCHEMA ${schema}`);
    expect(await store.append("s", noHead, record(1))).toEqual({ outcome: "appended" });
  });

  test("is made by one of many who find none", async () => {
    const results = await Promise.all(Array.from({ length: 8 }, (_, i) => opened().append(`s${i}`, noHead, record(1))));
    expect(results).toEqual(results.map(() => ({ outcome: "appended" })));
  });

  test.each(["", "Ambit", "a b", 'a"b', "1st", "ä"])("has a plain name, not `%s`", (name) => {
    expect(() => postgresStore({ connectionString: "postgres://localhost", schema: name })).toThrow(RangeError);
  });

  test("serves a role that may only read and add", async () => {
    await begin();
    const role = `${schema}_gateway`;
    await fresh.query(`
      CREATE ROLE ${role}; GRANT USAGE ON SCHEMA ${schema} TO ${role};
      GRANT SELECT ON ALL TABLES IN SCHEMA ${schema} TO ${role};
      GRANT INSERT ON ${schema}.record, ${schema}.claim TO ${role}`);
    try {
      const gateway = opened(`-c role=${role}`);
      expect(await gateway.append("s", noHead, record(1), "env_2")).toEqual({ outcome: "appended" });
      expect(await gateway.claimant("env_2")).toEqual({ ok: true, session: "s" });
    } finally {
      await fresh.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
    }
  });
});

describe.each(["read committed", "repeatable read", "serializable"])("where transactions are %s", (level) => {
  const settings = `-c default_transaction_isolation=${level.replaceAll(" ", "\\ ")}`;

  test("one of many writers wins each record, and the others have lost", async () => {
    const hands = Array.from({ length: 6 }, () => opened(settings));
    for (let seq = 1; seq <= 15; seq++) {
      const results = await Promise.all(
        hands.map((hand, i) => hand.append("s", after(seq - 1, "h"), { seq, hash: `h${seq}`, text: `${i}` })),
      );
      expect(results.map(({ outcome }) => outcome).sort()).toEqual(["appended", ...Array(5).fill("lost")]);
    }
  });

  test("one of many sessions gets the name, and the others write nothing", async () => {
    const hands = Array.from({ length: 6 }, () => opened(settings));
    for (let round = 0; round < 5; round++) {
      const name = `env_${round}\u0000`;
      const results = await Promise.all(hands.map((hand, i) => hand.append(`${round} ${i}`, noHead, record(1), name)));
      const winner = results.findIndex(({ outcome }) => outcome === "appended");
      expect(await store.claimant(name)).toEqual({ ok: true, session: `${round} ${winner}` });
      for (const i of hands.keys())
        expect(await store.read(`${round} ${i}`, 1, 9)).toEqual({ ok: true, texts: i === winner ? ["1"] : [] });
    }
  });
});

test("an append is flushed before it is confirmed, whatever the server's setting", async () => {
  await store.read("s", 1, 1);
  await fresh.query(`
    CREATE TABLE ${schema}.seen (setting text);
    CREATE FUNCTION ${schema}.see() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN INSERT INTO ${schema}.seen VALUES (current_setting('synchronous_commit')); RETURN NULL; END $$;
    CREATE CONSTRAINT TRIGGER see AFTER INSERT ON ${schema}.record DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION ${schema}.see()`);
  const lax = opened("-c synchronous_commit=off");
  expect(await lax.append("s", noHead, record(1), "env_1")).toEqual({ outcome: "appended" });
  expect(await lax.append("s", after(1), record(2))).toEqual({ outcome: "appended" });
  expect(await fresh.query(`SELECT setting FROM ${schema}.seen`)).toEqual([{ setting: "on" }, { setting: "on" }]);
});

test("a pool of the application's stays open, and its lost connections end no process", async () => {
  const pool = new pg.Pool({ connectionString: fresh.connectionString, max: 2, application_name: "ambit" });
  const shared = postgresStore({ pool, schema, timeouts: patience });
  expect(await shared.append("s", noHead, record(1))).toEqual({ outcome: "appended" });
  await fresh.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ambit'");
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await shared.append("s", after(1), record(2))).toEqual({ outcome: "appended" });
  await shared.close();
  expect((await pool.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
  await pool.end();
  expect(await shared.append("s", after(2), record(3))).toMatchObject({ outcome: "failed", fault: unavailable });
});

test("sessions that have ended are not open, whatever a record says", async () => {
  const ids: string[] = [];
  for (const at of [1, 2, 3, 4]) {
    const begun = await beginLog(store, activation(`env_${at}`, at), envelope);
    if (begun.outcome !== "begun") throw new Error(begun.outcome);
    ids.push(begun.log.state.end.session);
    const { body } = allow(9);
    const request = { ...body.request, fields: { a: 1, type: "closed" } };
    expect(await begun.log.append(entry("decided", 9, { ...body, request }))).toMatchObject({ outcome: "appended" });
    if (at > 2) continue;
    const { hash: head } = begun.log.state.end.head;
    const lists = { attempted: [], changed: [], deferred: [] };
    await begun.log.append(entry("witness", 10, { ...lists, head, policyDigest: policy }));
    const closing = await begun.log.append(entry("closed", 10, { as: "completed" }));
    expect(closing).toMatchObject({ outcome: "appended" });
  }
  const open = ids.slice(2).sort();
  expect(await store.openSessions("", 10)).toEqual({ ok: true, sessions: open });
  expect(await store.openSessions("", 1)).toEqual({ ok: true, sessions: open.slice(0, 1) });
  expect(await store.openSessions(open[0]!, 10)).toEqual({ ok: true, sessions: open.slice(1) });
});
