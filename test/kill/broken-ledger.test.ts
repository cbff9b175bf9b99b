/** `ambit kill` at a ledger that cannot be verified: a gateway that goes on from its end is stopped all the same. */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, expect, test } from "vitest";
import { sqliteStore } from "../../runtime/node/sqlite-store.ts";
import { verifyOrder } from "../../runtime/people/order.ts";
import { jwkOf, publicJwkOf } from "../authority/key-pairs.ts";
import { run } from "../cli/run.ts";
import { temporaryFolder } from "../fresh-copy.ts";
import { peopleOf, registered, registryText } from "../people/people.ts";
import { caller, openGateway, pay, start } from "../session/gateway.ts";

const folder = temporaryFolder("broken");
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const ends: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const end of ends) await end();
  rmSync(folder, { recursive: true, force: true });
});
const ann = registered("ann", ["risk"]);

let ledgers = 0;
async function open() {
  ledgers += 1;
  const ledger = join(folder, `${ledgers}.db`);
  const store = sqliteStore(ledger);
  ends.push(() => store.close());
  const gateway = await openGateway({ store });
  for (let i = 0; i < 3; i++) await gateway.session.propose(pay("1.00"), caller);
  const change = (statement: string) => {
    const database = new DatabaseSync(ledger);
    database.exec(statement);
    database.close();
  };
  return { gateway, ledger, change };
}

async function kill(ledger: string, who = "ann", ...more: readonly string[]) {
  const people = file("people.json", await registryText(ann));
  const trust = file("office.jwk", JSON.stringify(publicJwkOf("office-1")));
  const key = file(`${who}.key`, JSON.stringify(jwkOf(who)));
  const known = ["--key", key, "--people", people, "--people-trust", trust];
  return run(["kill", "--ledger", ledger, ...known, "--reason", "tampered with", ...more], { now: start + 1_000 });
}

const changed = "UPDATE record SET text = replace(text, 'alice', 'bob') WHERE seq = 2";

test.each([
  ["an old record was changed", changed],
  ["an old record is gone", "DELETE FROM record WHERE seq = 2"],
  ["the first record was changed", "UPDATE record SET text = replace(text, 'Pay small', 'Pay large') WHERE seq = 1"],
])("a gateway at work is killed where %s", async (_, statement) => {
  const { gateway, ledger, change } = await open();
  change(statement);
  expect(await gateway.session.propose(pay("1.00"), caller)).toMatchObject({ verdict: "allow" });
  const { code, out, err } = await kill(ledger);
  expect([code, out, err]).toEqual([1, "", expect.stringContaining("STORE_UNAVAILABLE")]);
  expect(err).toContain("the ledger is broken");
  expect(err).toContain("in record 6");
  expect(err).toContain("stop the gateways");
  expect(await gateway.session.propose(pay("1.00"), caller)).toMatchObject({ verdict: "deny", code: "KILLED" });
  const page = await gateway.store.read(gateway.session.id, 6, 1);
  const { type, body } = JSON.parse((page.ok && page.texts[0]) || "{}");
  expect(type).toBe("killed");
  const context = { envelope: gateway.evaluator.envelopeDigest, session: gateway.session.id, now: start + 1_000 };
  expect(await verifyOrder(body.by, await peopleOf(ann), context)).toMatchObject({ ok: true });
});

test("a machine is told the record, and that nothing is certain", async () => {
  const { ledger, change } = await open();
  change(changed);
  const { code, out } = await kill(ledger, "ann", "--json");
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ ok: false, code: "STORE_UNAVAILABLE", seq: 5 });
  const again = await kill(ledger, "ann", "--json");
  expect(JSON.parse(again.out)).toMatchObject({ ok: false, seq: 5 });
});

test("nobody who may not kill writes to it", async () => {
  const { gateway, ledger, change } = await open();
  change(changed);
  expect(await kill(ledger, "mallory")).toMatchObject({ code: 1, err: expect.stringContaining("ORDER_KEY") });
  expect(await gateway.session.propose(pay("1.00"), caller)).toMatchObject({ verdict: "allow" });
});

test("where its end is broken too nothing is written, and what stops the gateway is told", async () => {
  const { gateway, ledger, change } = await open();
  change("UPDATE record SET text = replace(text, 'alice', 'bob') WHERE seq IN (2, 4)");
  const { code, err } = await kill(ledger, "ann", "--session", gateway.session.id);
  expect(code).toBe(1);
  expect(err).toContain("not killed: the ledger is broken");
  expect(err).toContain("stop the gateways");
  expect(err).toContain("`kill/env_session_1`");
  expect(await gateway.session.propose(pay("1.00"), caller)).toMatchObject({ verdict: "deny" });
});
