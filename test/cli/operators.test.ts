/** What an operator is shown of trouble and of what waits, and that every change needs a key while reading needs none. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sqliteStore } from "../../runtime/node/sqlite-store.ts";
import { publicJwkOf } from "../authority/key-pairs.ts";
import { caller, document, type Gateway, openGateway, pay, payEffect, start } from "../session/gateway.ts";
import { ann, bob, eve, peopleOf } from "../session/holds.ts";
import { run } from "./run.ts";

async function desk(effect: Readonly<Record<string, unknown>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "ambit-operators-"));
  const ledger = join(folder, "ledger.db");
  const gateway = await openGateway({
    envelope: document({ effects: { pay: { ...payEffect, ...effect } } }),
    store: sqliteStore(ledger),
  });
  const people = await peopleOf(ann, bob, eve);
  await gateway.session.usePeople(people);
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const trusted = [
    "--people",
    file("people.json", people.text),
    "--people-trust",
    file("office.jwk", JSON.stringify(publicJwkOf("office-1"))),
  ];
  return { ...gateway, folder, ledger, trusted };
}

async function redeemOne({ session }: Gateway) {
  const { seq } = await session.propose(pay("1.00"), caller);
  await session.redeem(seq!, session.state.reservations.get(seq!)!.jti);
  return seq!;
}

const status = async (ledger: string, now: number) => (await run(["status", "--ledger", ledger], { now })).out;

test("status says that a session is frozen and in doubt, and by what", async () => {
  const at = await desk();
  await at.session.record((time) => ({
    type: "incident",
    at: time,
    body: { code: "ODD", message: "look", freezes: true },
  }));
  const out = await status(at.ledger, start + 1_000);
  expect(out).toMatch(/^frozen {2}session/);
  expect(out).toContain("in doubt: it ends as quarantined, unless two people resume it with a reason");
  expect(out).toContain("incident ODD in record");
});

test("status says that an effect is overdue, and that a session has come to its end", async () => {
  const at = await desk();
  const seq = await redeemOne(at);
  const late = ", overdue: it may have happened";
  expect(await status(at.ledger, start + 59_999)).toContain(`in flight: pay of record ${seq}`);
  expect(await status(at.ledger, start + 59_999)).not.toContain(late);
  expect(await status(at.ledger, start + 60_000)).toContain(late);
  expect(await status(at.ledger, start + 1_000)).toMatch(/^active {2}session/);
  expect(await status(at.ledger, Date.parse("2024-02-15T21:00:00Z"))).toMatch(/^ended {2}session/);
});

test("what waits is shown with its end, the caller's reason as unverified, and what would deny it now", async () => {
  const at = await desk({
    approval: { keys: 2, roles: ["risk"] },
    justification: "required",
    session: { ...payEffect.session, calls: { max: 1 } },
  });
  const held = await at.session.propose(pay("4.99"), { ...caller, justification: "the rent\u202e" });
  expect(held.verdict).toBe("hold");
  const out = await status(at.ledger, start + 1_000);
  expect(out).toContain("can be approved until 2024-02-15T16:00:00Z");
  expect(out).toMatch(/the caller's reason, unverified: "the rent/);
  expect(out).not.toContain("would be denied now");
  const answer = await at.session.holds();
  expect(answer.ok && answer.holds[0]).toMatchObject({
    justification: "the rent\u202e",
    heldBy: [{ id: "effects/pay/approval", message: expect.stringContaining("2") }],
  });
  await at.session.record((time) => ({ type: "halted", at: time, body: { breaker: "loss", action: "halt" } }));
  expect(await status(at.ledger, start + 1_000)).toContain("would be denied now by halt");
});

test("every change needs a key; reading needs none", async () => {
  const at = await desk({ approval: { keys: 2, roles: ["risk"] } });
  const { seq } = await at.session.propose(pay("4.99"), caller);
  const before = await at.records();
  const place = ["--ledger", at.ledger, "--session", at.session.id];
  const changes = {
    approve: [...place, "--hold", String(seq), "--role", "risk"],
    kill: [...place, ...at.trusted, "--reason", "wrong venue"],
    resume: [...place, ...at.trusted, "--reason", "all is well"],
    close: [...place, ...at.trusted, "--reason", "done"],
  };
  for (const [name, options] of Object.entries(changes))
    expect(await run([name, ...options], { now: start + 1_000 })).toMatchObject({
      code: 2,
      err: expect.stringContaining("--key"),
    });
  const log = join(at.folder, "executor.jsonl");
  writeFileSync(log, `{"jti":"x","at":1}\n`);
  expect(await run(["reconcile", ...place, "--log", log], { now: start + 1_000 })).toMatchObject({ code: 1, err: "" });
  for (const name of ["status", "audit", "replay"]) {
    const options = name === "status" ? place : [at.ledger];
    expect(await run([name, ...options], { now: start + 1_000 })).toMatchObject({ code: 0 });
  }
  expect(await at.records()).toEqual(before);
});
