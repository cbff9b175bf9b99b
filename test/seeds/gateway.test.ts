/** The gateway's checks of each request, in its own specification's order, and how its log is looked things up in. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { sqliteStore } from "../../runtime/node/sqlite-store.ts";
import { caller, document, openGateway, pay, payEffect, start } from "../session/gateway.ts";

const codesOf = async (gateway: Awaited<ReturnType<typeof openGateway>>, proposal: string) =>
  (await gateway.session.propose(proposal, caller)).violations.map(({ code }) => code);

test("check 1: what is forbidden is FORBIDDEN_EFFECT", async () => {
  const gateway = await openGateway({ envelope: document({ forbidden: [{ effect: "pay" }] }) });
  expect(await codesOf(gateway, pay("1.00"))).toEqual(["FORBIDDEN_EFFECT"]);
});

test("check 2: what no effect covers is CAPABILITY_NOT_GRANTED", async () => {
  expect(await codesOf(await openGateway(), '{"tool":"bank.close","args":{}}')).toEqual(["CAPABILITY_NOT_GRANTED"]);
});

test("check 3: a target outside the list is SCOPE_VIOLATION", async () => {
  expect(await codesOf(await openGateway(), pay("1.00", {}, { payee: "mallory" }))).toEqual(["SCOPE_VIOLATION"]);
});

test("check 4: the call after the last one of its minute is RATE_LIMIT_EXCEEDED", async () => {
  const effects = { pay: { ...payEffect, velocity: [{ max: 1, seconds: 60 }] } };
  const gateway = await openGateway({ envelope: document({ effects }) });
  expect(await codesOf(gateway, pay("1.00"))).toEqual([]);
  expect(await codesOf(gateway, pay("1.00"))).toEqual(["RATE_LIMIT_EXCEEDED"]);
});

test("check 5: one cent above what is left is BUDGET_EXCEEDED", async () => {
  const gateway = await openGateway();
  for (const amount of ["5.00", "5.00", "5.00", "4.99"]) expect(await codesOf(gateway, pay(amount))).toEqual([]);
  expect(await codesOf(gateway, pay("0.02"))).toEqual(["BUDGET_EXCEEDED"]);
  expect(await codesOf(gateway, pay("0.01"))).toEqual([]);
});

test("check 6: from its end on, everything is ENVELOPE_EXPIRED", async () => {
  const gateway = await openGateway();
  gateway.time.now = Date.UTC(2024, 1, 15, 21);
  expect(await codesOf(gateway, pay("1.00"))).toContain("ENVELOPE_EXPIRED");
});

test("check 7: while it is halted, everything is CIRCUIT_BREAKER_ACTIVE", async () => {
  const when = [{ metric: "denial_streak", atLeast: 1 }];
  const gateway = await openGateway({ envelope: document({ breakers: [{ id: "one", when, action: "halt" }] }) });
  await codesOf(gateway, '{"tool":"bank.close","args":{}}');
  expect(await codesOf(gateway, pay("1.00"))).toEqual(["CIRCUIT_BREAKER_ACTIVE"]);
});

test("the log is found by envelope, time, effect and reason with stock SQL over the ledger's records", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "ambit-log-")), "ledger.db");
  const store = sqliteStore(file);
  const gateway = await openGateway({ store });
  await codesOf(gateway, pay("1.00"));
  gateway.time.now += 60_000;
  await codesOf(gateway, pay("9.00"));
  await store.close();
  const database = new DatabaseSync(file, { readOnly: true });
  const seqs = (where: string, ...values: (string | number)[]) =>
    database
      .prepare(`SELECT seq FROM record WHERE json_extract(text, '$.type') = 'decided' AND ${where} ORDER BY seq`)
      .all(...values)
      .map(({ seq }) => seq);
  const denied = seqs("json_extract(text, '$.body.verdict') = 'deny'");
  const session = "session = (SELECT session FROM claim WHERE name LIKE '%' || ?)";
  expect(seqs(session, "env_session_1")).toHaveLength(2);
  expect(seqs("json_extract(text, '$.at') BETWEEN ? AND ?", start + 1, start + 60_000)).toEqual(denied);
  expect(seqs("json_extract(text, '$.body.request.effect') = ?", "pay")).toHaveLength(2);
  const reason = "EXISTS (SELECT 1 FROM json_each(text, '$.body.violations') WHERE value ->> '$.code' = ?)";
  expect(seqs(reason, "CAP_EXCEEDED")).toEqual(denied);
  database.close();
});
