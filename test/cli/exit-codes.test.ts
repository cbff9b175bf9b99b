/** Every command at a ledger ends alike: 2 for a session that there is not, 1 where the ledger is not what it was, in JSON where asked (SPEC §13). */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sqliteStore } from "../../runtime/node/sqlite-store.ts";
import { jwkOf, publicJwkOf } from "../authority/key-pairs.ts";
import { temporaryFolder } from "../fresh-copy.ts";
import { registered, registryText } from "../people/people.ts";
import { caller, document, openGateway, pay, start } from "../session/gateway.ts";
import { run } from "./run.ts";

const folder = temporaryFolder("exits");
const file = (name: string, text = "") => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const envelope = file("envelope.json", JSON.stringify(document()));
const log = file("log.jsonl");
const ledger = join(folder, "ledger.db");
let signed: readonly string[];
let session: string;

beforeAll(async () => {
  const key = file("ann.key", JSON.stringify(jwkOf("ann")));
  const people = file("people.json", await registryText(registered("ann", ["operator"])));
  const trust = file("office.jwk", JSON.stringify(publicJwkOf("office-1")));
  signed = ["--key", key, "--people", people, "--people-trust", trust];
  const store = sqliteStore(ledger);
  const gateway = await openGateway({ store });
  for (let i = 0; i < 3; i++) await gateway.session.propose(pay("1.00"), caller);
  session = gateway.session.id;
  await store.close();
});

type Command = (name: readonly string[]) => readonly string[];
const at = ["--ledger", ledger];
const commands: readonly (readonly [name: string, command: Command])[] = [
  ["kill", (name) => ["kill", ...at, ...signed, "--reason", "r", ...name]],
  ["close", (name) => ["close", ...at, ...signed, "--reason", "r", ...name]],
  ["resume", (name) => ["resume", ...at, ...signed, ...name]],
  ["approve", (name) => ["approve", ...at, ...signed, "--hold", "2", "--role", "operator", ...name]],
  ["status", (name) => ["status", ...at, ...name]],
  ["reconcile", (name) => ["reconcile", ...at, "--log", log, ...name]],
  ["replay", (name) => ["replay", ledger, ...name]],
];
const others: readonly (readonly [name: string, command: Command])[] = [
  ["audit", (name) => ["audit", ledger, ...name]],
  ["explain", () => ["explain", envelope, "--session", ledger]],
  ["eval", () => ["eval", envelope, "--session", ledger, "--input", file("in.jsonl", `{"proposal":${pay("1.00")}}\n`)]],
];
const ask = (args: readonly string[]) => run(args, { now: start + 1_000 });

describe("for a session that there is not, status 2 and a word on standard error", () => {
  test.each(commands)("%s", async (_, command) => {
    for (const json of [[], ["--json"]])
      expect(await ask(command(["--session", "nobody", ...json]))).toMatchObject({
        code: 2,
        out: "",
        err: expect.stringMatching(/^error: .*(no session `nobody`|no records)/),
      });
  });
});

describe("where a record was changed, status 1, and in JSON why", () => {
  beforeAll(() => {
    const database = new DatabaseSync(ledger);
    database.exec("UPDATE record SET text = replace(text, 'alice', 'bob') WHERE seq = 2");
    database.close();
  });

  test.each([...commands, ...others])("%s", async (_, command) => {
    const told = await ask(command(["--session", session]));
    expect([told.code, told.out + told.err]).toEqual([1, expect.stringContaining("record 2")]);
    const { code, out, err } = await ask([...command(["--session", session]), "--json"]);
    expect([code, err]).toEqual([1, ""]);
    const line = JSON.parse(out);
    expect(line.ok).toBe(false);
    if ("code" in line) expect(line).toMatchObject({ session, code: "STORE_UNAVAILABLE" });
  });
});
