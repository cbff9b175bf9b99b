/** A ledger that is broken while a session is open: denied at once and for good, told to the host, recorded when it is sound again. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { seal } from "../../runtime/ledger/chain/seal.ts";
import type { Entry } from "../../runtime/ledger/record.ts";
import { sqliteStore } from "../../runtime/node/sqlite-store.ts";
import { openSession } from "../../runtime/session/session.ts";
import { caller, pay } from "../session/gateway.ts";
import { type Bank, openBank } from "./desk.ts";

let folder: string;
let bank: Bank;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "ambit-chain-"));
  bank = await openBank({ store: sqliteStore(join(folder, "ledger.db")) });
  for (let i = 0; i < 3; i++) await bank.allow();
});
afterEach(async () => {
  await bank.gateway.store.close();
  rmSync(folder, { recursive: true, force: true });
});

function behindTheBack(statement: string): void {
  const database = new DatabaseSync(join(folder, "ledger.db"));
  database.exec(statement);
  database.close();
}

const denied = { verdict: "deny", code: "STORE_UNAVAILABLE", seq: null, token: null };
const flip = (seq: number) => `UPDATE record SET text = replace(text, '"alice"', '"alicf"') WHERE seq = ${seq}`;

const breaks: readonly (readonly [what: string, statement: string])[] = [
  ["cut", "DELETE FROM record WHERE seq = 4"],
  ["rolled back", "DELETE FROM record WHERE seq > 2"],
  ["deleted", "DELETE FROM record"],
  ["rewritten at its end, under another hash", "UPDATE record SET hash = 'f', text = '{}' WHERE seq = 4"],
  ["rewritten at its end, under the same hash", "UPDATE record SET text = '{}' WHERE seq = 4"],
  ["changed at its end by a byte", flip(4)],
];

describe.each(breaks)("a ledger that was %s", (_, statement) => {
  test("denies the next proposal and every other thing", async () => {
    const { session, told } = bank;
    const head = session.state.end.head;
    const { jti } = session.state.reservations.get(2)!;
    behindTheBack(statement);
    expect(await session.propose(pay("1.00"), caller)).toMatchObject(denied);
    expect(await session.redeem(2, jti)).toMatchObject({ outcome: "failed" });
    expect(await session.remaining()).toMatchObject({ ok: false });
    expect(told[0]).toMatchObject({
      code: "CHAIN_BROKEN",
      freezes: true,
      seq: null,
      head: { seq: head.seq, hash: head.hash },
    });
    expect(told.filter(({ code }) => code === "CHAIN_BROKEN")).toHaveLength(1);
  });

  test("denies the next redemption", async () => {
    const { jti } = bank.session.state.reservations.get(2)!;
    behindTheBack(statement);
    expect(await bank.session.redeem(2, jti)).toMatchObject({ outcome: "failed" });
  });

  test("stays denied where it heals, until it is opened again; then it is recorded, and freezes", async () => {
    const copy = join(folder, "copy.db");
    behindTheBack(`VACUUM INTO '${copy}'`);
    const { session, told, gateway } = bank;
    behindTheBack(statement);
    await session.refresh();
    behindTheBack(`ATTACH '${copy}' AS good; DELETE FROM record; INSERT INTO record SELECT * FROM good.record`);
    expect(await session.propose(pay("1.00"), caller)).toMatchObject(denied);
    const again = await gateway.reopen({ unrecorded: told });
    expect(await again.propose(pay("1.00"), caller)).toMatchObject({ verdict: "deny", code: "SESSION_NOT_ACTIVE" });
    expect(await bank.incidents()).toMatchObject([{ code: "CHAIN_BROKEN", freezes: true }]);
  });

  test("is not opened by who knows what it lacks", async () => {
    const { session, told, gateway } = bank;
    behindTheBack(statement);
    await session.refresh();
    const { store, evaluator, time } = gateway;
    const options = { store, evaluator, session: session.id, clock: () => time.now, unrecorded: told };
    expect(await openSession(options)).toMatchObject({ ok: false, fault: { code: "STORE_UNAVAILABLE" } });
  });
});

describe("a byte that is flipped before the end", () => {
  test("denies the redemption of that very record, and everything after", async () => {
    const { session, told } = bank;
    behindTheBack(flip(2));
    expect(await session.read(2)).toBeUndefined();
    await expect.poll(() => told).toMatchObject([{ code: "CHAIN_BROKEN", about: 2 }]);
    expect(await session.propose(pay("1.00"), caller)).toMatchObject(denied);
  });

  test.each([1, 2, 3, 4])("is found by who looks at the whole ledger: record %i", async (seq) => {
    const { session } = bank;
    expect(await session.verify()).toBeUndefined();
    behindTheBack(`UPDATE record SET text = replace(text, '"at":1', '"at":2') WHERE seq = ${seq}`);
    expect(await session.verify()).toMatchObject({ problem: { seq } });
    expect(await session.propose(pay("1.00"), caller)).toMatchObject(denied);
  });
});

test("who looks at the whole ledger finds another record at its end, which is sound by itself", async () => {
  const { seq, type, at, body, prev, session, envelope } = (await bank.session.read(4))!;
  const entry = { type, at: at + 1, body } as Entry;
  const { record, text } = seal(entry, { seq: seq - 1, hash: prev }, { session, envelope });
  behindTheBack(`UPDATE record SET text = '${text.replaceAll("'", "''")}', hash = '${record.hash}' WHERE seq = 4`);
  expect(await bank.session.verify()).toMatchObject({ problem: { seq: 4 } });
});

test("a ledger that is broken when it is opened is told too", async () => {
  const { store, evaluator } = bank.gateway;
  behindTheBack(flip(3));
  const told: object[] = [];
  const onIncident = (incident: object) => told.push(incident);
  const options = { store, evaluator, session: bank.session.id, clock: () => 0, onIncident };
  expect(await openSession(options)).toMatchObject({ ok: false });
  expect(told).toMatchObject([{ code: "CHAIN_BROKEN", about: 3, head: { seq: 2 } }]);
});

test("a store that is only down breaks nothing", async () => {
  const { gateway, told } = bank;
  let isDown = false;
  const fault = { code: "STORE_UNAVAILABLE", message: "no route" } as const;
  const read: typeof gateway.store.read = async (...given) =>
    isDown ? { ok: false, fault } : gateway.store.read(...given);
  const session = await gateway.reopen({ store: { ...gateway.store, read } });
  isDown = true;
  expect(await session.refresh()).toMatchObject(fault);
  expect(await session.verify()).toMatchObject(fault);
  isDown = false;
  expect(await session.propose(pay("1.00"), caller)).toMatchObject({ verdict: "allow" });
  expect(told).toEqual([]);
});
