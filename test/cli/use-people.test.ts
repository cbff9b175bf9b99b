/** Somebody who was registered while a session runs: the ledger's registry is what refuses, and `--use-people` is the way out. */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { sqliteStore } from "../../runtime/node/sqlite-store.ts";
import { jwkOf, publicJwkOf } from "../authority/key-pairs.ts";
import { temporaryFolder } from "../fresh-copy.ts";
import { peopleOf, registered, registryText } from "../people/people.ts";
import { caller, document, openGateway, pay, payEffect, start } from "../session/gateway.ts";
import { run } from "./run.ts";

const folder = temporaryFolder("use-people");
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ann = registered("ann", ["risk"]);
const nina = registered("nina", ["risk", "operator"]);
const key = file("nina.key", JSON.stringify(jwkOf("nina")));
const trust = ["--people-trust", file("office.jwk", JSON.stringify(publicJwkOf("office-1")))];
const newer = ["--people", file("newer.json", await registryText(ann, nina)), ...trust];
const now = start + 1_000;
let ledgers = 0;

/** Halted, and with one call that waits; the ledger knows ann alone. */
async function open() {
  ledgers += 1;
  const ledger = join(folder, `${ledgers}.db`);
  const effects = { pay: { ...payEffect, approval: { keys: 1, roles: ["risk"] } } };
  const gateway = await openGateway({ envelope: document({ effects }), store: sqliteStore(ledger) });
  const { session } = gateway;
  await session.usePeople(await peopleOf(ann));
  const { seq } = await session.propose(pay("4.99"), caller);
  await session.record((at) => ({ type: "halted", at, body: { breaker: "b", action: "halt" } }));
  const place = ["--ledger", ledger, "--session", session.id, "--key", key];
  return {
    ...gateway,
    resume: (...more: readonly string[]) => run(["resume", ...place, ...newer, ...more], { now }),
    approve: (...more: readonly string[]) =>
      run(["approve", ...place, "--hold", String(seq), "--role", "risk", ...more], { now }),
    types: async () => (await gateway.records()).map(({ type }) => type).slice(4),
  };
}

const hint = /the ledger has another registry of people in force, sha256:.*`--use-people`/;

describe("ambit resume", () => {
  test("by an operator whom the ledger does not know says whose word that is", async () => {
    const at = await open();
    const said = await at.resume();
    expect([said.code, said.err]).toEqual([1, expect.stringMatching(hint)]);
    const { code, out } = await at.resume("--json");
    const told = { ok: false, code: "RECOVERY_FROM_AGENT_DENIED", hint: expect.stringMatching(hint) };
    expect([code, JSON.parse(out)]).toMatchObject([1, told]);
    expect(await at.types()).toEqual(["decided", "decided"]);
  });

  test("puts the registry in force where it is told to, and resumes", async () => {
    const at = await open();
    expect(await at.resume("--use-people")).toMatchObject({ code: 0, err: "" });
    expect(await at.types()).toEqual(["people", "resumed"]);
  });

  test("does not put one in force that was there before", async () => {
    const at = await open();
    await at.session.usePeople(await peopleOf(ann, nina));
    await at.session.usePeople(await peopleOf(ann, registered("olga", ["operator"])));
    const { code, err } = await at.resume("--use-people");
    expect([code, err]).toEqual([1, expect.stringContaining("PEOPLE_ROLLED_BACK")]);
    expect(await at.types()).not.toContain("resumed");
  });
});

describe("ambit approve --hold", () => {
  test("by somebody whom the ledger does not know says whose word that is", async () => {
    const at = await open();
    const said = await at.approve(...newer);
    expect([said.code, said.err]).toEqual([1, expect.stringMatching(hint)]);
    const { code, out } = await at.approve(...newer, "--json");
    expect([code, JSON.parse(out)]).toMatchObject([1, { ok: false, hint: expect.stringMatching(hint) }]);
    expect(await at.types()).toEqual([]);
  });

  test("puts the registry in force where it is told to, and records the approval", async () => {
    const at = await open();
    expect(await at.approve(...newer, "--use-people")).toMatchObject({ code: 0, err: "" });
    expect(await at.types()).toEqual(["people", "approval"]);
  });

  test("puts none in force that it is not given", async () => {
    const at = await open();
    expect(await at.approve("--use-people")).toMatchObject({ code: 2, err: expect.stringContaining("--people") });
    expect(await at.types()).toEqual([]);
  });
});
