/** `ambit reconcile` with a key: the incident that it records has its witness. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sqliteStore } from "../../runtime/node/sqlite-store.ts";
import { jwkOf, publicJwkOf } from "../authority/key-pairs.ts";
import { run } from "../cli/run.ts";
import { type Bank, bothApprove, openBank, people } from "../incidents/desk.ts";

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

test("`ambit reconcile` with a key leaves the incident with its witness", async () => {
  expect((await reconcile(file("log.jsonl", `{"jti":"x","at":1}\n`), ...withKey("ann"))).code).toBe(1);
  expect((await bank.gateway.records()).map(({ type }) => type)).toEqual(["activated", "incident", "witness"]);
});
