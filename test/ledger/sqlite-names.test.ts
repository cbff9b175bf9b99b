/** One ledger file, two names: SQLite keeps a log for each name, so that what one process spends the other would not see. */
import { spawnSync } from "node:child_process";
import { existsSync, linkSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { beginLog, openLog, type SessionLog } from "../../runtime/ledger/log.ts";
import type { Store } from "../../runtime/ledger/store/store.ts";
import { isMounted } from "../../runtime/node/mounts.ts";
import { sqliteReader } from "../../runtime/node/sqlite-reader.ts";
import { openSqliteRecords } from "../../runtime/node/sqlite-records.ts";
import { sqliteStore } from "../../runtime/node/sqlite-store.ts";
import { run } from "../cli/run.ts";
import { temporaryFolder } from "../fresh-copy.ts";
import { activation, allow, envelope, notAllowed } from "./entries.ts";

let folder: string;
let path: string;
let other: string;
const opened: Store[] = [];
const open = (name: string) => {
  const store = sqliteStore(name, { busyTimeoutMs: 50 });
  opened.push(store);
  return store;
};
beforeEach(() => {
  folder = temporaryFolder("names");
  path = join(folder, "ledger.db");
  other = join(folder, "other.db");
});
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  rmSync(folder, { recursive: true, force: true });
});

async function begin(store: Store): Promise<SessionLog> {
  const begun = await beginLog(store, activation(), envelope);
  if (begun.outcome !== "begun") throw new Error(begun.outcome);
  await begun.log.append(notAllowed("deny", 1));
  return begun.log;
}

const unavailable = (message: string) => ({ code: "STORE_UNAVAILABLE", message: expect.stringContaining(message) });
const linked = "hard link";

describe("a file with a second name, as `ln` gives it", () => {
  test("is not opened by it to be written, and nothing is left beside it", async () => {
    const log = await begin(open(path));
    linkSync(path, other);
    expect(await openLog(open(other), log.state.end.session)).toMatchObject({ ok: false, fault: unavailable(linked) });
    expect(readdirSync(folder).filter((name) => name.startsWith("other"))).toEqual(["other.db"]);
  });

  test("is not gone on with by its first name, until the second is gone", async () => {
    const log = await begin(open(path));
    linkSync(path, other);
    expect(await log.append(allow(9))).toMatchObject({ outcome: "failed", fault: unavailable(linked) });
    expect(await openLog(open(path), log.state.end.session)).toMatchObject({ ok: false, fault: unavailable(linked) });
    rmSync(other);
    expect(await log.refresh()).toBeUndefined();
    expect(await log.append(allow(9, { jti: "u" }))).toMatchObject({ outcome: "appended" });
  });

  test("is not read by either", async () => {
    await begin(open(path));
    linkSync(path, other);
    for (const name of [path, other]) {
      expect(() => sqliteReader(name)).toThrow(linked);
      expect(() => openSqliteRecords(name)).toThrow(linked);
      for (const command of [
        ["audit", name],
        ["status", "--ledger", name],
        ["replay", name],
      ])
        expect(await run(command)).toMatchObject({ code: 2, out: "", err: expect.stringContaining(linked) });
    }
  });
});

describe("a file that is mounted by itself", () => {
  const mounts = (point: string) =>
    `22 27 0:20 / /proc rw - proc proc rw\n36 27 8:1 /l.db ${point} rw - ext4 /dev/sda1 rw\n`;

  test.each<readonly [what: string, path: string, point: string, is: boolean]>([
    ["the point itself", "/app/ledger.db", "/app/ledger.db", true],
    ["a name with a space and a backslash", "/my app/a\\b.db", "/my\\040app/a\\134b.db", true],
    ["a name that is no ASCII", "/é/ledger.db", "/é/ledger.db", true],
    ["a folder above", "/app/ledger.db", "/app", false],
    ["another file", "/app/ledger.db", "/app/ledger.db-wal", false],
  ])("is told from one that is not: %s", (_, path, point, is) => expect(isMounted(path, mounts(point))).toBe(is));

  const mountable = spawnSync("unshare", ["-rm", "true"]).status === 0;
  test.skipIf(!mountable)("is neither written nor read, while the file beside it is", async () => {
    const store = open(path);
    await begin(store);
    const app = join(folder, "my app");
    mkdirSync(app);
    writeFileSync(join(app, "ledger.db"), "");
    symlinkSync("my app", join(folder, "link"));
    const script = `mount --bind "$1" "$2" && exec "$3" "$4" "$5"`;
    const program = join(import.meta.dirname, "mounted.ts");
    const inside = (at: string) => {
      const args = ["-rm", "sh", "-c", script, "sh", path, join(app, "ledger.db"), process.execPath, program, at];
      const { stdout, stderr } = spawnSync("unshare", args, { encoding: "utf8" });
      expect(stdout, stderr).not.toBe("");
      return JSON.parse(stdout);
    };
    const refused = {
      written: expect.stringContaining("mount the folder"),
      read: expect.stringContaining("mount the folder"),
    };
    expect(inside(join(app, "ledger.db"))).toEqual(refused);
    expect(inside(join(folder, "link/ledger.db"))).toEqual(refused);
    expect(inside(path)).toEqual({ written: "opened", read: "read" });
  });
});

describe("through a symbolic link", () => {
  test("a gateway writes to the one log, and readers see what is in it", async () => {
    const log = await begin(open(path));
    const database = new DatabaseSync(path);
    database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    database.close();
    symlinkSync("ledger.db", other);
    const { session } = log.state.end;
    const throughLink = await openLog(open(other), session);
    if (!throughLink.ok) throw new Error(throughLink.fault.message);
    expect(await throughLink.log.append(notAllowed("deny", 2))).toMatchObject({ outcome: "appended" });
    expect(await log.append(notAllowed("deny", 3))).toEqual({ outcome: "lost" });
    expect(existsSync(`${other}-wal`)).toBe(false);
    const page = await sqliteReader(other).read(session, 1, 10);
    expect(page.ok && page.texts.length).toBe(3);
    const records = openSqliteRecords(other);
    expect([...records.rows()].map(({ seq }) => seq)).toEqual([1, 2, 3]);
    records.close();
  });

  test("that is led elsewhere, a reader follows", async () => {
    const one = await begin(open(path));
    const another = open(join(folder, "next.db"));
    const begun = await beginLog(another, activation("env_2"), envelope);
    if (begun.outcome !== "begun") throw new Error(begun.outcome);
    symlinkSync("ledger.db", other);
    const reader = sqliteReader(other);
    const { session } = begun.log.state.end;
    expect(await reader.openSessions("", 9)).toEqual({ ok: true, sessions: [one.state.end.session] });
    rmSync(other);
    symlinkSync("next.db", other);
    expect(await reader.openSessions("", 9)).toEqual({ ok: true, sessions: [session] });
    await reader.close();
  });
});
