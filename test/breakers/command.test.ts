/** `ambit resume`: whose key it takes, what it says, what it leaves behind. */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { sqliteStore } from "../../runtime/node/sqlite-store.ts";
import { jwkOf, publicJwkOf } from "../authority/key-pairs.ts";
import { run } from "../cli/run.ts";
import { temporaryFolder } from "../fresh-copy.ts";
import { registered, registryText } from "../people/people.ts";
import { breaker, caller, openDesk, refused, resumes, start } from "./desk.ts";

const folder = temporaryFolder("resume");
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const registry = await registryText(registered("olga", ["operator"]), registered("ann", ["risk"]));
const people = ["--people", file("people.json", registry)];
const trust = ["--people-trust", file("office.jwk", JSON.stringify(publicJwkOf("office-1")))];
const ends: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const end of ends) await end();
  rmSync(folder, { recursive: true, force: true });
});

async function stopped(action: string) {
  const ledger = join(folder, `${action}.db`);
  const store = sqliteStore(ledger);
  ends.push(() => store.close());
  const desk = await openDesk([breaker("denial_streak", { atLeast: 1 }, action)], { store });
  await desk.session.propose(refused, caller);
  const resume = (who: string, ...more: readonly string[]) => {
    const key = ["--key", file(`${who}.key`, JSON.stringify(jwkOf(who)))];
    const options = ["--ledger", ledger, "--session", desk.session.id, ...key, ...people, ...trust, ...more];
    return run(["resume", ...options], { now: start });
  };
  return { desk, resume };
}

test("an operator's key resumes after a halt, and nobody else's", async () => {
  const { desk, resume } = await stopped("halt");
  expect(await resume("ann")).toMatchObject({
    code: 1,
    out: "",
    err: expect.stringMatching(/RECOVERY_FROM_AGENT_DENIED\)\n {2}recorded as a denial in record 4\n$/),
  });
  const json = await resume("mallory", "--json");
  expect(json).toMatchObject({ code: 1, err: "" });
  expect(JSON.parse(json.out)).toMatchObject({ ok: false, code: "RECOVERY_FROM_AGENT_DENIED", seq: 5 });
  expect(await resume("olga")).toMatchObject({ code: 0, err: "", out: `resumed ${desk.session.id} in record 6\n` });
  await desk.session.refresh();
  expect(desk.session.state.halted).toBe(false);
});

test("after a freeze it takes a second person's approval and a reason", async () => {
  const { desk, resume } = await stopped("freeze");
  expect(await resume("olga", "--reason", "all is well")).toMatchObject({
    code: 1,
    err: expect.stringContaining("TWO_KEYS_REQUIRED"),
  });
  const approval = file("ann.json", await resumes(desk, "ann", "risk"));
  expect(await resume("olga", "--approval", approval)).toMatchObject({
    err: expect.stringContaining("REASON_MISSING"),
  });
  const got = await resume("olga", "--approval", approval, "--reason", "all is well", "--json");
  expect(got).toMatchObject({ code: 0, err: "" });
  expect(JSON.parse(got.out)).toEqual({ session: desk.session.id, ok: true, seq: 6 });
});

test("without a key, or where there is no ledger, it is not run", async () => {
  expect(await run(["resume", "--ledger", join(folder, "none.db")])).toMatchObject({ code: 2 });
  const key = file("olga.key", JSON.stringify(jwkOf("olga")));
  const got = await run(["resume", "--ledger", join(folder, "none.db"), "--key", key, ...people, ...trust]);
  expect(got).toMatchObject({ code: 2, err: expect.stringContaining("there is no such file") });
});
