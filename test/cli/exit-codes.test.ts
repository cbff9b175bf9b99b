/** Every command at a ledger ends alike: 2 for a session that there is not, 1 where the ledger is not what it was, in JSON where asked (SPEC §13). */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
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

/** The command, at another ledger. */
const elsewhere = (command: Command, path: string): readonly string[] =>
  command(["--session", "s"]).map((word) => (word === ledger ? path : word));

describe("for wrong use, status 2, whatever the sessions are", () => {
  test.each<readonly [what: string, args: readonly string[], says: string]>([
    ["a time of status", ["status", ...at, "--now", "yesterday"], "`--now` is neither RFC 3339"],
    ["a registry of status", ["status", ...at, "--registry", join(folder, "none.json")], "there is no such file"],
    [
      "a time of reconcile, which records nothing",
      ["reconcile", ...at, "--session", "s", "--log", log, "--now", "tomorrow"],
      "`--now` is neither RFC 3339",
    ],
    [
      "an option that there is not",
      ["status", "--ledgr", ledger],
      "unknown option '--ledgr'\n(Did you mean --ledger?)",
    ],
    ["one with a value", ["kill", "--ledgr=x"], "unknown option '--ledgr=x'"],
    ["one that is like none", ["kill", "--zzzzzzzzzz"], "unknown option '--zzzzzzzzzz'\n(`--help`"],
  ])("%s", async (_, args, says) => {
    expect(await ask(args)).toMatchObject({ code: 2, out: "", err: expect.stringContaining(says) });
  });

  test("and help is help, beside an option that there is not", async () => {
    expect(await ask(["kill", "--ledgr", "--help"])).toMatchObject({ code: 0, err: "" });
  });
});

describe("where the ledger's file was cut, status 1, in JSON too", () => {
  test.each([...commands.filter(([name]) => name !== "kill"), ...others])("%s", async (_, command) => {
    const cut = file("cut.db");
    writeFileSync(cut, readFileSync(ledger).subarray(0, 8_192));
    const told = await ask(elsewhere(command, cut));
    expect([told.code, told.err]).toEqual([1, expect.stringContaining("malformed")]);
    const json = await ask([...elsewhere(command, cut), "--json"]);
    expect([json.code, json.err]).toEqual([1, ""]);
    expect(JSON.parse(json.out)).toMatchObject({ session: null, ok: false, code: "STORE_UNAVAILABLE" });
  });

  test.each([[], ["--session", "s"]])("kill %j, which says what else there is to do", async (...name) => {
    const cut = file("cut.db");
    writeFileSync(cut, readFileSync(ledger).subarray(0, 8_192));
    const args = ["kill", "--ledger", cut, ...signed, "--reason", "r", ...name];
    const help = "stop the gateways themselves, or make the file that the envelope's `killSwitch.signal` names";
    expect(await ask(args)).toMatchObject({ code: 1, out: "", err: expect.stringContaining(help) });
    const json = await ask([...args, "--json"]);
    expect(json).toMatchObject({ code: 1, err: "" });
    expect(JSON.parse(json.out)).toMatchObject({ ok: false, help: expect.stringContaining(help) });
  });
});

describe("where the file is no ledger, status 2", () => {
  test.each([...commands, ...others.filter(([name]) => name !== "eval")])("%s", async (_, command) => {
    const told = await ask(elsewhere(command, envelope));
    expect(told).toMatchObject({ code: 2, out: "" });
  });

  test.each(["audit", "replay"])("%s says so once, of an envelope", async (name) => {
    const pretty = file("pretty.json", JSON.stringify(document(), null, 2));
    const told = await ask([name, pretty]);
    expect(told).toMatchObject({ code: 2, out: "", err: expect.stringMatching(/^error: .* is no ledger: [^\n]*\n$/) });
  });
});

describe("where nothing is in it, status 1", () => {
  test.each(["audit", "replay"])("%s", async (name) => {
    const empty = file("empty.jsonl");
    expect(await ask([name, empty])).toMatchObject({ code: 1, err: expect.not.stringContaining("internal") });
    const { code, out } = await ask([name, empty, "--json"]);
    expect([code, JSON.parse(out)]).toEqual([1, expect.objectContaining({ session: null, ok: false })]);
    expect(out).toContain("SESSION_MISSING");
  });

  test("an audit names the session that is not there", async () => {
    const told = await ask(["audit", ledger, "--session", "nobody"]);
    expect(told).toMatchObject({ code: 1, out: expect.stringContaining("no session `nobody`") });
  });

  test("a replay says whose lines cannot be read, where they are no session's", async () => {
    const told = await ask(["replay", file("words.jsonl", "hello\n")]);
    expect(told).toMatchObject({ code: 1, out: expect.stringMatching(/^\S+ lines of no session\n/) });
  });
});

describe("for a session that there is not, status 2 and a word on standard error", () => {
  test.each(commands)("%s", async (_, command) => {
    for (const json of [[], ["--json"]])
      expect(await ask(command(["--session", "nobody", ...json]))).toMatchObject({
        code: 2,
        out: "",
        err: expect.stringMatching(/^error: .*no session `nobody`/),
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
