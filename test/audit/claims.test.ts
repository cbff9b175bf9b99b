/** The table of claims, which no hash covers: the audit holds it against the sessions. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, describe, expect, test } from "vitest";
import { type ClaimRow, Claims } from "../../runtime/audit/claims.ts";
import { noHead } from "../../runtime/ledger/record.ts";
import type { Store } from "../../runtime/ledger/store/store.ts";
import { postgresStore } from "../../runtime/node/postgres/store.ts";
import { sqliteStore } from "../../runtime/node/sqlite-store.ts";
import { run } from "../cli/run.ts";
import { temporaryFolder } from "../fresh-copy.ts";
import { freshSchema, skipWithout } from "../ledger/postgres.ts";
import { longLife } from "./ledgers.ts";

const folder = temporaryFolder("claims");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { chain } = longLife("env_claims", 250);
const session = chain[0]!.record.session;

async function fill(store: Store): Promise<void> {
  for (const [i, { record, text }] of chain.entries()) {
    const claims = record.type === "activated" ? [record.body.id, "window\nagent:payer\n1"] : undefined;
    const before = i === 0 ? noHead : chain[i - 1]!.record;
    const written = await store.append(session, before, { seq: record.seq, hash: record.hash, text }, claims);
    expect(written).toEqual({ outcome: "appended" });
  }
  await store.close();
}

const codesOf = (out: string) =>
  out
    .trimEnd()
    .split("\n")
    .flatMap((line) => JSON.parse(line).problems.map(({ code }: { code: string }) => code));

describe("claims", () => {
  const found = (rows: readonly ClaimRow[], only?: string) => {
    const claims = new Claims();
    claims.began("s1", "env_1", "agent:a");
    claims.began("s2", "env_2", undefined);
    const codes: string[] = [];
    claims.check(rows, only, (code, message) => codes.push(`${code} ${message.includes("s2") ? "s2" : "s1"}`));
    return codes;
  };
  const own = [
    { name: "env_1", session: "s1" },
    { name: "env_2", session: "s2" },
  ];
  const window = (principal: string, ordinal: string, of = "s1") => ({
    name: `window\n${principal}\n${ordinal}`,
    session: of,
  });

  test("of each session its own id, and windows of its own principal", () => {
    expect(found(own)).toEqual([]);
    expect(found([...own, window("agent:a", "1"), window("agent:a", "20"), window("anybody", "1", "s2")])).toEqual([]);
  });

  test.each<readonly [string, readonly ClaimRow[], readonly string[]]>([
    ["that are missing", [own[1]!], ["CLAIM_MISSING s1"]],
    ["of a session that is not there", [...own, { name: "env_3", session: "s3" }], ["CLAIM_FOREIGN s1"]],
    ["of another session's id", [...own, { name: "env_2", session: "s1" }], ["CLAIM_FOREIGN s1"]],
    ["of another principal's window", [...own, window("agent:b", "1")], ["CLAIM_FOREIGN s1"]],
    ["of a window that is none", [...own, window("agent:a", "0")], ["CLAIM_FOREIGN s1"]],
    ["of a window and more", [...own, window("agent:a", "1\n1")], ["CLAIM_FOREIGN s1"]],
    ["of something else", [...own, { name: "lock\nagent:a\n1", session: "s1" }], ["CLAIM_FOREIGN s1"]],
  ])("%s are findings", (_, rows, want) => {
    expect(found(rows)).toEqual(want);
  });

  test("of another session than the one that is looked at are left alone", () => {
    expect(found([own[0]!, { name: "env_3", session: "s3" }], "s1")).toEqual(["CLAIM_MISSING s2"]);
  });
});

describe("ambit audit of a SQLite file", () => {
  const path = join(folder, "ledger.sqlite");
  const changed = (sql: string) => {
    const copy = join(folder, `${Math.abs(sql.length * 31 + sql.charCodeAt(0))}.sqlite`);
    writeFileSync(copy, readFileSync(path));
    const database = new DatabaseSync(copy);
    database.exec(sql);
    database.close();
    return copy;
  };

  test("finds a claim that was taken away, and one that was put there", async () => {
    await fill(sqliteStore(path));
    expect(await run(["audit", path, "--json"])).toMatchObject({ code: 0 });
    const without = await run(["audit", changed("DELETE FROM claim WHERE name = 'env_claims'"), "--json"]);
    expect([without.code, codesOf(without.out)]).toEqual([1, ["CLAIM_MISSING"]]);
    const blocked = await run(["audit", changed("INSERT INTO claim VALUES ('env_tomorrow', 'nobody')"), "--json"]);
    expect([blocked.code, codesOf(blocked.out)]).toEqual([1, ["CLAIM_FOREIGN"]]);
  });

  test("leaves the file as it was, and no other one beside it", async () => {
    const before = [readFileSync(path), readdirSync(folder)];
    expect(await run(["audit", path, "--session", session])).toMatchObject({ code: 0 });
    expect([readFileSync(path), readdirSync(folder)]).toEqual(before);
  });

  test("reads what a writer has not put into the file yet, and leaves the writer his files", async () => {
    const live = join(folder, "live.sqlite");
    const store = sqliteStore(live);
    await fill({ ...store, close: async () => {} });
    expect(readdirSync(folder)).toContain("live.sqlite-wal");
    expect(await run(["audit", live, "--json"])).toMatchObject({ code: 0, err: "" });
    const next = chain.at(-1)!.record;
    expect(await store.append(session, next, { seq: next.seq + 1, hash: "h", text: "t" })).toEqual({
      outcome: "appended",
    });
    await store.close();
  });
});

describe("ambit audit of a PostgreSQL database", () => {
  test("reads the same records and the same claims", async ({ skip }) => {
    const fresh = await freshSchema().catch(skipWithout(skip));
    const name = `ambit_audit_${process.pid}`;
    await fresh.query(`CREATE DATABASE ${name}`);
    const url = new URL(fresh.connectionString);
    url.pathname = `/${name}`;
    const store = postgresStore({ connectionString: String(url) });
    const { default: pg } = await import("pg");
    const admin = new pg.Client({ connectionString: String(url) });
    try {
      await fill(store);
      const lines = chain.map(({ text }) => `${text}\n`).join("");
      const want = await run(["audit", "-", "--json"], { stdin: lines });
      expect(await run(["audit", String(url), "--json"])).toEqual(want);
      expect(await run(["audit", String(url), "--json", "--session", session])).toEqual(want);
      await admin.connect();
      await admin.query(`UPDATE ambit.claim SET session = 'nobody' WHERE name = '"env_claims"'`);
      const got = await run(["audit", String(url), "--json"]);
      expect([got.code, codesOf(got.out).sort()]).toEqual([1, ["CLAIM_FOREIGN", "CLAIM_MISSING"]]);
      await admin.query("UPDATE ambit.ambit_ledger SET version = 99");
      expect(await run(["audit", String(url)])).toMatchObject({ code: 2, err: expect.stringMatching(/version 99/) });
    } finally {
      await admin.end().catch(() => {});
      await fresh.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await fresh.drop();
    }
  }, 30_000);
});
