/** The operators' commands at a ledger in PostgreSQL: what they show and write there, an audit and a replay find sound. */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { noHead } from "../../runtime/ledger/record.ts";
import { type PostgresStore, postgresStore } from "../../runtime/node/postgres/store.ts";
import { openSqliteRecords } from "../../runtime/node/sqlite-records.ts";
import { openSession, type Session } from "../../runtime/session/session.ts";
import { activated, bothApprove, executing, issuer as issuerKey } from "../activation/desk.ts";
import { jwkOf, keyPair, publicJwkOf } from "../authority/key-pairs.ts";
import { temporaryFolder } from "../fresh-copy.ts";
import { freshSchema, skipWithout } from "../ledger/postgres.ts";
import { now as activatedAt, registered, registryText, trusted } from "../people/people.ts";
import { deploy, now as deployedAt } from "../selfcheck/deployment.ts";
import { run } from "./run.ts";

const folder = temporaryFolder("operators");
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const registry = await registryText(
  registered("ann", ["risk"]),
  registered("bob", ["desk", "risk"]),
  registered("olga", ["operator"]),
);
const people = ["--people", file("people.json", registry)];
const office = file("office.jwk", JSON.stringify(publicJwkOf("office-1")));
const issuers = file("issuer.jwk", JSON.stringify(publicJwkOf(issuerKey.key.kid)));
const keyOf = (person: string) => file(`${person}.key`, JSON.stringify(jwkOf(person)));
const by = (person: string) => ["--key", keyOf(person), ...people, "--people-trust", office];
const audits = [...people, "--people-trust", office, "--trust", issuers];

const document: Record<string, Record<string, Record<string, unknown>>> = JSON.parse(executing);
document.effects!.pay!.approval = { keys: 1, roles: ["risk"], when: { amount: { min: "50.00" } } };
document.breakers = [
  { id: "denials", when: [{ metric: "denial_streak", atLeast: 1 }], action: "halt" },
] as unknown as (typeof document)[string];
const envelope = JSON.stringify(document);
const pay = (amount: string, payee = "acme") => JSON.stringify({ tool: "bank.pay", args: { payee, amount } });
const agent = { principal: "agent:clerk" };
/** A minute after the activation. */
const now = activatedAt + 60_000;

let databases = 0;
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The commands use the schema `ambit`: each test has a database of its own. */
let url: string;
beforeEach(async ({ skip }) => {
  const fresh = await freshSchema().catch(skipWithout(skip));
  const name = `operators_${process.pid}_${Date.now()}_${++databases}`;
  await fresh.query(`CREATE DATABASE ${name}`);
  ends.push(() => fresh.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  const address = new URL(fresh.connectionString);
  address.pathname = `/${name}`;
  url = address.href;
});

interface Desk {
  readonly store: PostgresStore;
  readonly session: Session;
  readonly id: string;
}

async function begin(): Promise<Desk> {
  const store = postgresStore({ connectionString: url, connections: 2 });
  ends.push(() => store.close());
  const approvals = await bothApprove(envelope, "activate", "grant_flag");
  const got = await activated(envelope, activatedAt, { store, approvals, registry: { text: registry, trusted } });
  if (got.outcome !== "activated") throw new Error(JSON.stringify(got));
  const { signer } = await keyPair("gateway-1");
  const authority = { signer, issuer: "gateway.example", audience: "executor.example" };
  const { session: id, evaluator } = got;
  const opened = await openSession({ store, session: id, evaluator, clock: () => now, authority });
  if (!opened.ok) throw new Error(opened.fault.message);
  return { store, session: opened.session, id };
}

const ambit = (command: string, ...more: readonly string[]) => run([command, "--ledger", url, ...more], { now });
const json = async (...given: Parameters<typeof ambit>) => {
  const { out, err } = await ambit(...given, "--json");
  return out === "" ? { err } : JSON.parse(out);
};

/** What is written is believed by those who only read. */
async function expectSound(records: number): Promise<void> {
  const audit = await run(["audit", url, ...audits, "--json"], { now });
  expect(JSON.parse(audit.out)).toMatchObject({ ok: true, sound: records, problems: [] });
  const replay = await run(["replay", url, "--json"], { now });
  expect([replay.code, replay.err]).toEqual([0, ""]);
}

describe("a session in PostgreSQL", () => {
  test("is shown; what waits in it is approved; it is closed", async () => {
    const { session, id } = await begin();
    const { seq } = await session.propose(pay("60.00"), agent);
    expect(await json("status")).toMatchObject({ session: id, ok: true, phase: "active", holds: [{ seq }] });
    const word = ["--hold", String(seq), "--key", keyOf("ann"), "--role", "risk"];
    expect(await json("approve", ...word)).toMatchObject({ ok: true, recorded: [{ decision: "approve", seq: 3 }] });
    expect(await session.propose(pay("60.00"), agent)).toMatchObject({ verdict: "allow" });
    expect(await json("close", ...by("olga"), "--reason", "done")).toMatchObject({ session: id, as: "completed" });
    expect(await json("status", "--session", id)).toMatchObject({ phase: "closed" });
    expect((await ambit("status")).out).toContain("no session that has not ended");
    expect(await session.propose(pay("1.00"), agent)).toMatchObject({ verdict: "deny" });
    await expectSound(6);
  });

  test("is killed, and its gateway knows it", async () => {
    const { session, id } = await begin();
    expect(await json("kill", ...by("ann"), "--reason", "wrong venue")).toMatchObject({
      ok: true,
      session: id,
      seq: 2,
    });
    expect(await session.propose(pay("1.00"), agent)).toMatchObject({ verdict: "deny", code: "KILLED" });
    expect(await json("status")).toMatchObject({ killed: { seq: 2, signal: "ambit kill" } });
    await expectSound(4);
  });

  test("that a breaker has halted is resumed", async () => {
    const { session, id } = await begin();
    await session.propose(pay("1.00", "mallory"), agent);
    expect(await json("status")).toMatchObject({ halted: true, breakers: { denials: "halt" } });
    expect(await json("resume", ...by("olga"))).toMatchObject({ session: id, ok: true, seq: 4 });
    expect(await session.propose(pay("1.00"), agent)).toMatchObject({ verdict: "allow" });
    await expectSound(5);
  });

  test("is held against the executor's log: read without a key, frozen with one", async () => {
    const { session, id } = await begin();
    const line = { jti: "nobody's", at: now, effect: "pay", outcome: "executed" };
    const log = ["--session", id, "--log", file("executor.jsonl", `${JSON.stringify(line)}\n`)];
    expect(await ambit("reconcile", ...log)).toMatchObject({ code: 1, err: "" });
    expect((await session.refresh()) ?? session.state.end.head.seq).toBe(1);
    expect(await ambit("reconcile", ...log, ...by("ann"))).toMatchObject({ code: 1, err: "" });
    expect(await json("status")).toMatchObject({ phase: "frozen", incidents: 1 });
    // The freeze and its witness.
    await expectSound(3);
  });
});

test("a deployment whose ledger is in PostgreSQL passes selfcheck, and its ledger is not written to", async () => {
  const disk = await deploy();
  ends.push(() => rmSync(disk.folder, { recursive: true, force: true }));
  const store = postgresStore({ connectionString: url, connections: 1 });
  ends.push(() => store.close());
  const records = openSqliteRecords(disk.at("ledger.db"));
  let head = noHead;
  for (const { session, text, ...row } of records.rows()) {
    const record = { ...row, text: Buffer.from(text).toString("utf8") };
    const claim = head === noHead ? "env_selfcheck" : undefined;
    expect(await store.append(session, head, record, claim)).toEqual({ outcome: "appended" });
    head = row;
  }
  records.close();
  const check = () => run(["selfcheck", disk.at("deployment.json"), "--ledger", url, "--json"], { now: deployedAt });
  const { out, err } = await check();
  const { level, requirements }: { level: number; requirements: { id: string; ok: boolean }[] } = JSON.parse(out);
  expect([err, level, requirements.filter(({ ok }) => !ok)]).toEqual(["", 3, []]);
  const [session = ""] = await store.openSessions("", 1).then((page) => (page.ok ? page.sessions : []));
  expect(await store.read(session, 1, 100)).toMatchObject({ ok: true, texts: { length: head.seq } });
});

describe("nothing is made, and no password is told,", () => {
  const commands = (): Readonly<Record<string, readonly string[]>> => ({
    status: ["status", "--ledger", url],
    "status of a session": ["status", "--ledger", url, "--session", "s"],
    approve: ["approve", "--ledger", url, "--hold", "2", "--key", keyOf("ann"), "--role", "risk"],
    kill: ["kill", "--ledger", url, ...by("ann"), "--reason", "r"],
    "kill of a session": ["kill", "--ledger", url, ...by("ann"), "--reason", "r", "--session", "s"],
    resume: ["resume", "--ledger", url, ...by("olga")],
    close: ["close", "--ledger", url, ...by("olga"), "--reason", "r"],
    audit: ["audit", url],
    replay: ["replay", url],
  });

  test.each([
    "status",
    "status of a session",
    "approve",
    "kill",
    "kill of a session",
    "resume",
    "close",
    "audit",
    "replay",
  ])("by %s where there is no ledger", async (name) => {
    const secret = new URL(url);
    secret.password = "hunter2";
    url = secret.href;
    const { code, out, err } = await run(commands()[name]!, { now });
    expect(code).not.toBe(0);
    expect(`${out}${err}`).not.toContain("hunter2");
    const { default: pg } = await import("pg");
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query("SELECT nspname FROM pg_namespace WHERE nspname = 'ambit'");
    await client.end();
    expect(rows).toEqual([]);
  });

  test.each(["status", "kill", "audit", "replay"])("by %s where the URL cannot be read", async (name) => {
    url = "postgres://ambit:hunter2@[::/x";
    const { code, out, err } = await run(commands()[name]!, { now });
    expect(code).toBe(2);
    expect(`${out}${err}`).not.toContain("hunter2");
  });
});
