/** `ambit reconcile` on a ledger file: it reports, and with a key it freezes. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sqliteStore } from "../../runtime/node/sqlite-store.ts";
import { jwkOf, publicJwkOf } from "../authority/key-pairs.ts";
import { run } from "../cli/run.ts";
import { type Bank, bothApprove, openBank, people } from "../incidents/desk.ts";
import { caller, pay } from "../session/gateway.ts";

let folder: string;
let bank: Bank;
const file = (name: string, text?: string) => {
  if (text !== undefined) writeFileSync(join(folder, name), text);
  return join(folder, name);
};
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "ambit-reconcile-"));
  bank = await openBank({ store: sqliteStore(file("ledger.db")), approvals: bothApprove });
});
afterEach(async () => {
  await bank.gateway.store.close();
  rmSync(folder, { recursive: true, force: true });
});

const reconcile = (log: string, ...more: readonly string[]) =>
  run(["reconcile", "--ledger", file("ledger.db"), "--session", bank.session.id, "--log", log, ...more], {
    now: bank.gateway.time.now,
    stdin: `{"jti":"y","at":1}\n`,
  });
const withKey = (person: string) => [
  "--key",
  file("person.jwk", JSON.stringify(jwkOf(person))),
  "--people",
  file("people.json", people.text),
  "--people-trust",
  file("office.jwk", JSON.stringify(publicJwkOf("office-1"))),
];

test("a log that says the same is fine, and needs no key", async () => {
  const { decided, jti } = await bank.allow(true);
  await bank.session.settle(decided, jti, { outcome: "executed", result: { id: "p" } });
  const { code, out } = await reconcile(file("log.jsonl", `${JSON.stringify({ jti, at: 1 })}\n`));
  expect([code, out]).toEqual([0, expect.stringContaining("1 lines, 1 of them redeemed here")]);
});

test("without a key it only reports, a line for a machine or a few for a person", async () => {
  const log = file("log.jsonl", `{"jti":"x\\u202e","at":1}\nnonsense\n`);
  const { code, out } = await reconcile(log, "--json");
  expect([code, JSON.parse(out)]).toMatchObject([
    1,
    {
      ok: false,
      lines: 2,
      count: 2,
      findings: [
        { code: "EFFECT_OUTSIDE_SET", line: 1 },
        { code: "LOG_UNREADABLE", line: 2 },
      ],
    },
  ]);
  const human = await reconcile(log);
  expect(human.out).toContain("EFFECT_OUTSIDE_SET");
  expect(human.out).not.toContain("\u202e");
  expect((await reconcile("-", "--json")).out).toContain("EFFECT_OUTSIDE_SET");
  expect(await bank.incidents()).toEqual([]);
});

test("with a person's key it records each finding, signed, and freezes; once", async () => {
  const log = file("log.jsonl", `{"jti":"x","at":1}\nnonsense\n`);
  expect((await reconcile(log, ...withKey("ann"))).code).toBe(1);
  expect((await reconcile(log, ...withKey("ann"))).code).toBe(1);
  expect(await bank.session.propose(pay("1.00"), caller)).toMatchObject({ code: "SESSION_NOT_ACTIVE" });
  const incidents = await bank.incidents();
  expect(incidents.map(({ code, by }) => [code, by?.includes('"order":"freeze"')])).toEqual([
    ["EFFECT_OUTSIDE_SET", true],
    ["LOG_UNREADABLE", true],
  ]);
  const trust = ["--people", file("people.json"), "--people-trust", file("office.jwk")];
  const audited = await run(["audit", file("ledger.db"), ...trust]);
  expect([audited.code, audited.out]).toMatchObject([0, expect.stringContaining("2 incident")]);
});

describe("what is found and cannot be recorded is told all the same, and why", () => {
  const told = async (who: string, reason: string, ...more: readonly string[]) => {
    const log = file("log.jsonl", `{"jti":"x","at":1}\nnonsense\n`);
    const { code, out, err } = await reconcile(log, ...withKey(who), ...more);
    expect([code, out]).toEqual([1, expect.stringMatching(/EFFECT_OUTSIDE_SET[\s\S]*LOG_UNREADABLE/)]);
    expect(err).toMatch(new RegExp(`^not recorded: .*${reason}`));
    const json = await reconcile(log, ...withKey(who), ...more, "--json");
    expect([json.code, json.err]).toEqual([1, ""]);
    expect(JSON.parse(json.out)).toMatchObject({
      ok: false,
      count: 2,
      findings: [{ code: "EFFECT_OUTSIDE_SET" }, { code: "LOG_UNREADABLE" }],
      recorded: [],
      refused: { message: expect.stringMatching(reason) },
    });
    expect(await bank.incidents()).toEqual([]);
  };

  test("by a key that is nobody's", () => told("eve", "ORDER_KEY|registry does not have"));

  test("in a role that the person does not have", () => told("ann", "role", "--role", "treasurer"));

  test("in a role that is no name", () => told("ann", "roles", "--role", ""));

  test("of a session that is closed", async () => {
    expect(await bank.session.close()).toMatchObject({ outcome: "closed" });
    await told("ann", "closed");
  });
});

test("a key without the people is wrong use, and so are a session and a log that are not there", async () => {
  const log = file("log.jsonl", "");
  expect((await reconcile(log, "--key", file("k", "{}"))).code).toBe(2);
  for (const idle of [
    ["--people", file("p", "{}")],
    ["--people-trust", "office.jwk"],
    ["--role", "operator"],
  ]) {
    const { code, err } = await reconcile(log, ...idle);
    expect([code, err]).toEqual([2, expect.stringContaining(`\`${idle[0]}\` needs \`--key\``)]);
  }
  expect((await reconcile(file("none.jsonl"))).code).toBe(2);
  expect((await run(["reconcile", "--ledger", file("ledger.db"), "--session", "x", "--log", log])).code).toBe(2);
});

test("`ambit reconcile` with a key leaves the incident with its witness", async () => {
  expect((await reconcile(file("log.jsonl", `{"jti":"x","at":1}\n`), ...withKey("ann"))).code).toBe(1);
  expect((await bank.gateway.records()).map(({ type }) => type)).toEqual(["activated", "incident", "witness"]);
});
