/** What operators order by command: by people whose keys count in the ledger too, and for the time under which it is recorded. */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sqliteStore } from "../../runtime/node/sqlite-store.ts";
import type { RegisteredKey } from "../../schema/people.ts";
import { jwkOf, publicJwkOf } from "../authority/key-pairs.ts";
import { temporaryFolder } from "../fresh-copy.ts";
import { registered, registryText } from "../people/people.ts";
import { caller, openGateway, pay, recordsOf, start } from "../session/gateway.ts";
import { peopleOf } from "../session/holds.ts";
import { run } from "./run.ts";

const folder = temporaryFolder("orders");
const file = (name: string, text = "") => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const ann = registered("ann", ["risk"]);
const bob = registered("bob", ["desk"]);
const key = file("ann.key", JSON.stringify(jwkOf("ann")));
const office = file("office.jwk", JSON.stringify(publicJwkOf("office-1")));
let people: string;
beforeAll(async () => {
  people = file("people.json", await registryText(ann, bob));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let ledgers = 0;

/** @param keys the registry that is in force in the ledger */
async function open(...keys: readonly RegisteredKey[]) {
  ledgers += 1;
  const ledger = join(folder, `${ledgers}.db`);
  const store = sqliteStore(ledger);
  const { session, time } = await openGateway({ store });
  time.now += 3_700_000;
  await session.usePeople(await peopleOf(...keys));
  await session.propose(pay("1.00"), caller);
  const types = async () => (await recordsOf(store, session.id)).map(({ type }) => type);
  return { ledger, id: session.id, now: time.now, types, close: () => store.close() };
}

const byPeople = () => ["--people", people, "--people-trust", office];
const log = file("log.jsonl", `{"jti":"x","at":1}\n`);
const commands: readonly (readonly [command: string, record: string, more: readonly string[]])[] = [
  ["kill", "killed", ["--reason", "enough"]],
  ["close", "closed", ["--reason", "enough"]],
  ["reconcile", "incident", ["--log", log]],
];

describe.each(commands)("%s", (command, record, more) => {
  const order = ({ ledger, id }: Awaited<ReturnType<typeof open>>, now: number) =>
    run([command, "--ledger", ledger, "--session", id, "--key", key, ...byPeople(), ...more], { now });

  test.each([
    ["has revoked it", [{ ...ann, revokedAt: new Date(start).toISOString() }, bob]],
    ["does not have it any more", [bob]],
  ])("takes no key of an older registry where the ledger's %s", async (_, keys) => {
    const opened = await open(...keys);
    const { code, out, err } = await order(opened, opened.now + 1_000);
    expect(await opened.types()).not.toContain(record);
    await opened.close();
    expect([code, `${out}${err}`]).toEqual([
      1,
      expect.stringMatching(/in force in the ledger, sha256:.*\(ORDER_KEY\)/),
    ]);
  });

  test("under a clock that is behind that of the ledger says what an audit takes for signed", async () => {
    const opened = await open(ann, bob);
    await order(opened, opened.now - 3_700_000);
    expect(await opened.types()).toContain(record);
    await opened.close();
    const { out } = await run(["audit", opened.ledger, "--json", ...byPeople()]);
    const { problems } = JSON.parse(out) as { problems: readonly { seq: number }[] };
    // Nobody has signed the activation.
    expect(problems.filter(({ seq }) => seq !== 1)).toEqual([]);
  });
});
