/** Verifiers that are programs, and `ambit close`, which runs them. */
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commandVerifier } from "../../../runtime/node/command-verifier.ts";
import { sqliteStore } from "../../../runtime/node/sqlite-store.ts";
import { type VerifierContext, verify } from "../../../runtime/session/ending/verifiers.ts";
import { jwkOf, publicJwkOf } from "../../authority/key-pairs.ts";
import { run } from "../../cli/run.ts";
import { temporaryFolder } from "../../fresh-copy.ts";
import { registered, registryText } from "../../people/people.ts";
import { caller, document, openGateway, pay, start } from "../gateway.ts";

const folder = temporaryFolder("verifiers");
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const program = (name: string, text: string) => {
  const path = file(name, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o700);
  return path;
};
const ends: (() => Promise<void>)[] = [];
let people: string;
beforeAll(async () => {
  people = file("people.json", await registryText(registered("ann", ["operator"])));
});
afterAll(async () => {
  for (const end of ends) await end();
  rmSync(folder, { recursive: true, force: true });
});

const context: VerifierContext = {
  session: "s",
  envelope: JSON.parse(JSON.stringify(document())),
  state: {},
  effects: [],
};
const ask = (path: string, args: readonly string[] = [], seconds = 5) =>
  verify("c", { c: commandVerifier(path, args, { seconds }) }, context, 10);

describe("a program", () => {
  test("that ends with status 0 says that it holds; with another one, that it does not, and why", async () => {
    expect(await ask(program("yes", "exit 0"))).toEqual({ isMade: true, holds: true });
    expect(await ask(program("no", "echo two open >&2; exit 3"))).toEqual({
      isMade: true,
      holds: false,
      message: "exit status 3: two open",
    });
  });

  test("has no environment, and no shell between: arguments come as they are", async () => {
    process.env.AMBIT_VERIFIER_SECRET = "x";
    const path = program("env", `/usr/bin/env | /bin/grep -q SECRET && exit 1; [ "$1" = '$(touch x); *' ]`);
    expect(await ask(path, ["$(touch x); *"])).toEqual({ isMade: true, holds: true });
    delete process.env.AMBIT_VERIFIER_SECRET;
  });

  test("is told the context on its standard input", async () => {
    const out = join(folder, "told.json");
    await ask(program("told", `/bin/cat > ${out}`));
    expect(JSON.parse(readFileSync(out, "utf8"))).toEqual(JSON.parse(JSON.stringify(context)));
  });

  test("that takes too long is killed, with all that it has started, and has failed", async () => {
    const late = join(folder, "late");
    const path = program("slow", `(/bin/sleep 2; echo x > ${late}) & /bin/sleep 60`);
    expect(await ask(path, [], 1)).toMatchObject({ isMade: false, holds: false });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(existsSync(late)).toBe(false);
  });

  test.each([
    ["is not there", join(folder, "nothing")],
    ["is no program", "/"],
    ["is ended by a signal", program("dead", "kill -9 $$")],
  ])("that %s has failed", async (_, path) => {
    expect(await ask(path)).toMatchObject({ isMade: false, holds: false });
  });

  test("is named by an absolute path, and has a time", () => {
    expect(() => commandVerifier("true")).toThrow(TypeError);
    for (const seconds of [0, 1.5, 3_601, Number.NaN])
      expect(() => commandVerifier("/bin/true", [], { seconds })).toThrow(TypeError);
  });
});

let ledgers = 0;
async function begun() {
  ledgers += 1;
  const ledger = join(folder, `${ledgers}.db`);
  const store = sqliteStore(ledger);
  ends.push(() => store.close());
  const postconditions = [{ id: "tidy", check: "no_open_orders", critical: true }];
  const gateway = await openGateway({ store, envelope: document({ postconditions }) });
  return { gateway, ledger };
}

function close(ledger: string, session: string, who: string, more: readonly string[]) {
  const key = file(`${who}.key`, JSON.stringify(jwkOf(who)));
  const trust = file("office.jwk", JSON.stringify(publicJwkOf("office-1")));
  const trusted = ["--people", people, "--people-trust", trust];
  const asked = ["--ledger", ledger, "--session", session, "--key", key, ...trusted, "--reason", "done", ...more];
  return run(["close", ...asked], { now: start + 1_000 });
}

describe("`ambit close`", () => {
  test("closes nothing for somebody whose key is not in the registry, nor in a role that is not the person's", async () => {
    const { gateway, ledger } = await begun();
    const { id } = gateway.session;
    const got = await close(ledger, id, "mallory", []);
    expect(got).toMatchObject({ code: 1, out: "", err: expect.stringContaining("ORDER_KEY") });
    const role = await close(ledger, id, "ann", ["--role", "treasurer", "--json"]);
    expect(role.code).toBe(1);
    expect(JSON.parse(role.out)).toMatchObject({ ok: false, code: "ORDER_ROLE" });
    expect(await gateway.records()).toHaveLength(1);
  });

  test("closes nothing while an effect is in flight", async () => {
    const { gateway, ledger } = await begun();
    const { seq } = await gateway.session.propose(pay("1.00"), caller);
    const reservation = gateway.session.state.reservations.get(seq!);
    await gateway.session.redeem(seq!, reservation!.jti);
    const got = await close(ledger, gateway.session.id, "ann", []);
    expect(got).toMatchObject({ code: 1, err: expect.stringContaining("EFFECT_IN_FLIGHT") });
  });

  test("runs the verifiers it is given, and records whose order it was", async () => {
    const { gateway, ledger } = await begun();
    const verifier = `no_open_orders=${program("fine", "exit 0")} a b`;
    const got = await close(ledger, gateway.session.id, "ann", ["--verifier", verifier, "--json"]);
    expect(got).toMatchObject({ code: 0, err: "" });
    const postconditions = [{ id: "tidy", holds: true, critical: true }];
    expect(JSON.parse(got.out)).toMatchObject({ ok: true, as: "completed", postconditions });
    const last = (await gateway.records()).at(-1)!;
    expect(last).toMatchObject({ type: "closed", body: { as: "completed", by: expect.stringContaining('"close"') } });
  });

  test("fails what it has no verifier for, and says so", async () => {
    const { gateway, ledger } = await begun();
    const got = await close(ledger, gateway.session.id, "ann", []);
    expect(got).toMatchObject({ code: 1, err: "" });
    expect(got.out).toContain("as faulted");
    expect(got.out).toContain("tidy does not hold");
    for (const wrong of ["no_open_orders", "=x", "a b=x"])
      expect((await close(ledger, gateway.session.id, "ann", ["--verifier", wrong])).code).toBe(2);
  });
});
