/** A ledger file that cannot be used: a denial with a code, no exception, and no repair by hand when it is back. */
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { beginLog, openLog, type SessionLog } from "../../runtime/ledger/log.ts";
import type { Store } from "../../runtime/ledger/store/store.ts";
import { sqliteStore } from "../../runtime/node/sqlite-store.ts";
import { temporaryFolder } from "../fresh-copy.ts";
import { activation, allow, envelope, notAllowed } from "./entries.ts";

let folder: string;
let path: string;
let store: Store;

beforeEach(() => {
  folder = temporaryFolder("sqlite");
  path = join(folder, "ledger.sqlite");
  store = sqliteStore(path, { busyTimeoutMs: 50 });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const unavailable = { code: "STORE_UNAVAILABLE" };

async function begin(records = 3): Promise<SessionLog> {
  const begun = await beginLog(store, activation(), envelope);
  if (begun.outcome !== "begun") throw new Error(begun.outcome);
  for (let at = 1; at < records; at++) await begun.log.append(notAllowed("deny", at));
  return begun.log;
}

const open = (session: string) => openLog(store, session);
const write = (change: (database: DatabaseSync) => void) => {
  const database = new DatabaseSync(path);
  change(database);
  database.close();
};

describe("denied, with a code", () => {
  test("a folder that is not there, until it is", async () => {
    const elsewhere = sqliteStore(join(folder, "later/ledger.sqlite"));
    expect(await beginLog(elsewhere, activation(), envelope)).toMatchObject({ outcome: "failed", fault: unavailable });
    mkdirSync(join(folder, "later"));
    expect(await beginLog(elsewhere, activation(), envelope)).toMatchObject({ outcome: "begun" });
    await elsewhere.close();
  });

  test("a file that is no database, until it is put back", async () => {
    const log = await begin();
    const { session } = log.state.end;
    await store.close();
    copyFileSync(path, join(folder, "kept"));
    writeFileSync(path, "not a database, but long enough for a header of one".repeat(40));
    expect(await log.append(notAllowed("deny", 9))).toMatchObject({ outcome: "failed", fault: unavailable });
    expect(await open(session)).toMatchObject({ ok: false, fault: unavailable });
    copyFileSync(join(folder, "kept"), path);
    expect(await log.append(notAllowed("deny", 9))).toMatchObject({ outcome: "appended" });
  });

  test("a database of somebody else", async () => {
    write((database) => database.exec("CREATE TABLE mine (a)"));
    expect(await open("s")).toMatchObject({ ok: false, fault: { message: expect.stringContaining("no ledger") } });
  });

  test("a file of another version", async () => {
    await begin();
    await store.close();
    write((database) => database.exec("PRAGMA user_version = 2"));
    expect(await open("s")).toMatchObject({ ok: false, fault: { message: expect.stringContaining("version 2") } });
  });

  test("a full disk: what was confirmed is there, and there is more when there is room", async () => {
    // A limit on the size of files is the full disk that needs no disk: writes fail with EFBIG.
    const limited = `trap '' XFSZ; ulimit -f 300; exec "$0" "$@"`;
    const args = ["-c", limited, process.execPath, join(import.meta.dirname, "fill-disk.ts"), path];
    const { stdout, stderr } = spawnSync("bash", args, { encoding: "utf8" });
    expect(stdout, stderr).toContain("confirmed");
    const { confirmed, readable } = JSON.parse(stdout);
    expect(confirmed).toBeGreaterThan(10);
    expect(readable).toBe(confirmed);
    const page = await store.read("s", 1, 1_000);
    expect(page.ok && page.texts).toHaveLength(confirmed);
    const head = { seq: confirmed, hash: `h${confirmed}` };
    expect(await store.append("s", head, { seq: confirmed + 1, hash: "h", text: "1" })).toEqual({
      outcome: "appended",
    });
  });

  test.each([
    ["the file", [""]],
    ["the file and what is beside it", ["", "-wal", "-shm"]],
  ])("%s moved away under it, until it is put back", async (_, endings) => {
    const log = await begin();
    const { session } = log.state.end;
    const move = (from: string, to: string) => {
      for (const ending of endings) if (existsSync(from + ending)) renameSync(from + ending, to + ending);
    };
    move(path, join(folder, "away"));
    expect(await log.append(allow(9))).toMatchObject({ outcome: "failed", fault: unavailable });
    expect(log.state.reservations.size).toBe(0);
    expect(await log.refresh()).toMatchObject(unavailable);
    expect(await log.append(allow(9))).toMatchObject({ outcome: "failed", fault: unavailable });
    expect(existsSync(path)).toBe(false);
    move(join(folder, "away"), path);
    expect(await open(session)).toMatchObject({ ok: true });
    while ((await log.append(allow(9))).outcome === "lost") expect(await log.refresh()).toBeUndefined();
    expect(log.state.reservations.size).toBeGreaterThan(0);
  });

  test("the write-ahead log removed under it, once", async () => {
    const log = await begin();
    rmSync(`${path}-wal`);
    expect(await log.append(allow(9))).toMatchObject({ outcome: "failed", fault: unavailable });
    expect(await log.refresh()).toBeUndefined();
    expect(await log.append(allow(9, { jti: "u" }))).toMatchObject({ outcome: "appended" });
    await store.close();
    expect(await open(log.state.end.session)).toMatchObject({ ok: true, log: { state: { end: log.state.end } } });
  });

  test("another file in its place", async () => {
    const log = await begin();
    const other = sqliteStore(join(folder, "other"));
    expect(await beginLog(other, activation("env_2"), envelope)).toMatchObject({ outcome: "begun" });
    await other.close();
    renameSync(join(folder, "other"), path);
    expect(await log.append(allow(9))).toMatchObject({ outcome: "failed", fault: unavailable });
    expect(await log.append(allow(9))).toMatchObject({ outcome: "lost" });
  });

  test("a failing trigger: nothing is appended, until it is gone", async () => {
    const log = await begin();
    await store.close();
    write((database) =>
      database.exec("CREATE TRIGGER full BEFORE INSERT ON record BEGIN SELECT RAISE(FAIL, 'disk full'); END"),
    );
    expect(await log.append(allow(9))).toMatchObject({ outcome: "failed", fault: unavailable });
    expect(log.state.reservations.size).toBe(0);
    expect(await open(log.state.end.session)).toMatchObject({ ok: true });
    write((database) => database.exec("DROP TRIGGER full"));
    expect(await log.append(allow(9))).toMatchObject({ outcome: "appended" });
  });

  test("a failure between the two writes of an activation: neither is left, and no transaction stays open", async () => {
    await store.read("s", 1, 1);
    write((database) =>
      database.exec("CREATE TRIGGER full BEFORE INSERT ON claim BEGIN SELECT RAISE(FAIL, 'disk full'); END"),
    );
    expect(await beginLog(store, activation(), envelope)).toMatchObject({ outcome: "failed", fault: unavailable });
    write((database) => database.exec("DROP TRIGGER full"));
    const log = await begin();
    await store.close();
    expect(await open(log.state.end.session)).toMatchObject({ ok: true });
  });

  test("a read-only file: nothing is appended, and it can be read", async () => {
    const log = await begin();
    const { session } = log.state.end;
    const readOnly = sqliteStore(`file:${path}?mode=ro`);
    const opened = await openLog(readOnly, session);
    if (!opened.ok) throw new Error(opened.fault.message);
    expect(await opened.log.append(allow(9))).toMatchObject({ outcome: "failed", fault: unavailable });
    expect(opened.log.state.reservations.size).toBe(0);
    await readOnly.close();
    expect(await log.append(allow(9))).toMatchObject({ outcome: "appended" });
  });

  test("a file that another writer holds, until it lets go", async () => {
    const log = await begin();
    const holder = new DatabaseSync(path);
    holder.exec("BEGIN IMMEDIATE");
    expect(await log.append(allow(9))).toMatchObject({ outcome: "failed", fault: unavailable });
    holder.exec("ROLLBACK");
    holder.close();
    expect(await log.append(allow(9))).toMatchObject({ outcome: "appended" });
  });

  test("a page of noise", async () => {
    const log = await begin(60);
    await store.close();
    const bytes = readFileSync(path);
    bytes.fill(0x5a, 8192, bytes.length);
    writeFileSync(path, bytes);
    expect(await open(log.state.end.session)).toMatchObject({ ok: false, fault: unavailable });
  });

  test.each<readonly [what: string, statement: string, seq: number]>([
    ["a changed record", `UPDATE record SET text = replace(text, '"deny"', '"hold"') WHERE seq = 3`, 3],
    ["a missing record", "DELETE FROM record WHERE seq = 2", 2],
    ["a changed first record", `UPDATE record SET text = replace(text, 'env_1', 'env_2') WHERE seq = 1`, 1],
    ["a record that is no text", "UPDATE record SET text = CAST(x'ff00' AS TEXT) WHERE seq = 2", 2],
  ])("%s", async (_, statement, seq) => {
    const log = await begin();
    write((database) => database.exec(statement));
    const result = await open(log.state.end.session);
    expect(result).toMatchObject({ ok: false, fault: { ...unavailable, problem: { seq } } });
  });

  test.each([
    ["cut", "DELETE FROM record WHERE seq = 3"],
    ["cut down to nothing", "DELETE FROM record"],
    ["rewritten at its end", `UPDATE record SET text = replace(text, '"deny"', '"hold"') WHERE seq = 3`],
  ])("a ledger that was %s behind the back of a process that holds it", async (_, statement) => {
    const log = await begin();
    write((database) => database.exec(statement));
    expect(await log.refresh()).toMatchObject({ ...unavailable, message: expect.stringContaining("lost record 3") });
  });

  test("a cut ledger to a process that would go on from its end", async () => {
    const log = await begin();
    write((database) => database.exec("DELETE FROM record WHERE seq = 3"));
    expect(await log.append(allow(9))).toEqual({ outcome: "lost" });
  });
});

test("the file is written through, with a log, and says what it is", async () => {
  await begin();
  expect(existsSync(`${path}-wal`)).toBe(true);
  write((database) => {
    const value = (name: string) => Object.values(database.prepare(`PRAGMA ${name}`).get()!)[0];
    expect([value("journal_mode"), value("user_version"), value("application_id")]).toEqual(["wal", 1, 0x416d6274]);
  });
});
