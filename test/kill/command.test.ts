/** `ambit kill`: who may, what it says, what it leaves behind. */
import { rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sqliteStore } from "../../runtime/node/sqlite-store.ts";
import { verifyOrder } from "../../runtime/people/order.ts";
import { verifyKillReceipt } from "../../runtime/session/kill/receipt.ts";
import { jwkOf, keyPair, publicJwkOf } from "../authority/key-pairs.ts";
import { run } from "../cli/run.ts";
import { temporaryFolder } from "../fresh-copy.ts";
import { peopleOf, registered, registryText, ringOf } from "../people/people.ts";
import { caller, type Gateway, openGateway, pay, start } from "../session/gateway.ts";

const folder = temporaryFolder("kill");
const file = (name: string, text = "") => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const ann = registered("ann", ["risk", "desk"]);
const key = (who: string) => file(`${who}.key`, JSON.stringify(jwkOf(who)));
const trust = file("office.jwk", JSON.stringify(publicJwkOf("office-1")));
const ends: (() => Promise<void>)[] = [];
let people: string;
beforeAll(async () => {
  people = file("people.json", await registryText(ann));
});
afterAll(async () => {
  for (const end of ends) await end();
  rmSync(folder, { recursive: true, force: true });
});

let ledgers = 0;

async function open(): Promise<{ readonly gateway: Gateway; readonly ledger: string }> {
  ledgers += 1;
  const ledger = join(folder, `${ledgers}.db`);
  const store = sqliteStore(ledger);
  ends.push(() => store.close());
  const gateway = await openGateway({ store });
  await gateway.session.propose(pay("1.00"), caller);
  return { gateway, ledger };
}

interface Asked {
  readonly who?: string;
  readonly trusted?: string;
  readonly more?: readonly string[];
}

function kill(
  ledger: string,
  { session }: { readonly session: string },
  { who = "ann", trusted = trust, more = [] }: Asked = {},
) {
  const options = [
    "--key",
    key(who),
    "--people",
    people,
    "--people-trust",
    trusted,
    "--reason",
    "wrong venue",
    ...more,
  ];
  return run(["kill", "--ledger", ledger, "--session", session, ...options], { now: start + 1_000 });
}

describe("it kills nothing", () => {
  test.each<readonly [string, Asked, string]>([
    ["for somebody who is not in the registry", { who: "mallory" }, "ORDER_KEY"],
    ["in a role that the person does not have", { more: ["--role", "treasurer"] }, "ORDER_ROLE"],
  ])("%s", async (_, asked, code) => {
    const { gateway, ledger } = await open();
    const got = await kill(ledger, { session: gateway.session.id }, asked);
    expect(got).toMatchObject({ code: 1, out: "", err: expect.stringContaining(code) });
    const json = await kill(
      ledger,
      { session: gateway.session.id },
      { ...asked, more: [...(asked.more ?? []), "--json"] },
    );
    expect(json).toMatchObject({ code: 1, err: "" });
    expect(JSON.parse(json.out)).toMatchObject({ ok: false, code });
    await gateway.session.refresh();
    expect(gateway.session.state.killed).toBe(false);
  });

  test("by a registry that others have signed", async () => {
    const { gateway, ledger } = await open();
    const got = await kill(
      ledger,
      { session: gateway.session.id },
      { trusted: file("x.jwk", JSON.stringify(publicJwkOf("mallory"))) },
    );
    expect(got).toMatchObject({ code: 2, err: expect.stringContaining("not signed as it must be") });
  });

  test("in a session that there is not", async () => {
    const { ledger } = await open();
    const got = await kill(ledger, { session: "nobody" }, { more: ["--json"] });
    expect(got).toMatchObject({ code: 2, out: "", err: expect.stringContaining("no session `nobody`") });
  });

  test("without a reason, nor for one that drives a terminal", async () => {
    const { gateway, ledger } = await open();
    const got = await kill(ledger, { session: gateway.session.id }, { more: ["--reason", "a\u001b[2J"] });
    expect(got).toMatchObject({ code: 2, err: expect.stringContaining("reason") });
    const blank = await kill(ledger, { session: gateway.session.id }, { more: ["--reason", " "] });
    expect(blank).toMatchObject({ code: 2, err: expect.stringContaining("says nothing") });
    expect(blank.err).not.toContain("pattern");
  });

  test("where there is no ledger", async () => {
    expect(await kill(join(folder, "none.db"), { session: "x" })).toMatchObject({ code: 2 });
  });
});

describe("it kills", () => {
  test("at once for every gateway; the order stands in the ledger, and a receipt says what was open", async () => {
    const { gateway, ledger } = await open();
    const receipt = join(folder, "receipt.jws");
    const got = await kill(ledger, { session: gateway.session.id }, { more: ["--receipt", receipt] });
    expect(got).toMatchObject({ code: 0, err: "" });
    expect(got.out).toMatch(
      /^killed .* in record 3\n {2}in flight.*: 0\n {2}allowed, and never happens: 1\n {2}receipt /,
    );
    // The clock of the gateway is behind that of the one who kills.
    expect(await gateway.session.propose(pay("1.00"), caller)).toMatchObject({ verdict: "deny", code: "KILLED" });
    const record = (await gateway.records())[2];
    const by = record?.type === "killed" ? record.body.by : undefined;
    const context = { envelope: gateway.evaluator.envelopeDigest, session: gateway.session.id, now: start + 1_000 };
    expect(await verifyOrder(by ?? "", await peopleOf(ann), context)).toMatchObject({
      ok: true,
      order: { person: "ann", payload: { order: "kill", reason: "wrong venue", roles: ["risk", "desk"] } },
    });
    const jws = (await readFile(receipt, "utf8")).trim();
    const { session } = gateway;
    expect(
      await verifyKillReceipt(jws, ringOf((await keyPair("ann")).key), { session: session.id, state: session.state }),
    ).toMatchObject({
      ok: true,
      receipt: { seq: 3, hash: record?.hash, reservedCount: 1 },
    });
  });

  test.each([
    ["would replace something", () => file("kept.jws", "kept"), "will not overwrite"],
    ["has no folder", () => join(folder, "none/receipt.jws"), "cannot write"],
  ])("also where its receipt %s: it is printed, with status 1", async (_, path, says) => {
    const { gateway, ledger } = await open();
    const { session } = gateway;
    const got = await kill(ledger, { session: session.id }, { more: ["--receipt", path()] });
    expect(got).toMatchObject({ code: 1, out: expect.stringMatching(/^killed /), err: expect.stringContaining(says) });
    expect(await session.propose(pay("1.00"), caller)).toMatchObject({ code: "KILLED" });
    const trusted = ringOf((await keyPair("ann")).key);
    const jws = /receipt, in no file: (\S+)$/m.exec(got.out)?.[1] ?? "";
    const whole = { session: session.id, state: session.state };
    expect(await verifyKillReceipt(jws, trusted, whole)).toMatchObject({ ok: true });
    const json = await kill(ledger, { session: session.id }, { more: ["--receipt", path(), "--json"] });
    expect(json).toMatchObject({ code: 1, err: "" });
    const line = JSON.parse(json.out);
    expect(line).toMatchObject({ ok: true, already: true, unwritten: expect.stringContaining(says) });
    expect(await verifyKillReceipt(line.receipt, trusted, whole)).toMatchObject({ ok: true });
  });

  test("once, and says so the second time", async () => {
    const { gateway, ledger } = await open();
    const first = await kill(ledger, { session: gateway.session.id }, { more: ["--json"] });
    expect(JSON.parse(first.out)).toMatchObject({ ok: true, already: false, seq: 3, signal: "ambit kill" });
    const again = await kill(ledger, { session: gateway.session.id }, { more: ["--json"] });
    expect(JSON.parse(again.out)).toMatchObject({ ok: true, already: true, seq: 3 });
    const told = await kill(ledger, { session: gateway.session.id });
    const said = `was killed before: ${gateway.session.id} in record 3, by the signal \`ambit kill\`\n`;
    expect(told).toMatchObject({ code: 0, out: expect.stringContaining(said) });
    expect((await gateway.records()).length).toBe(3);
  });
});

describe("its receipt is verified", () => {
  async function receipted() {
    const { gateway, ledger } = await open();
    const receipt = join(folder, `receipt-${ledgers}.jws`);
    await kill(ledger, { session: gateway.session.id }, { more: ["--receipt", receipt] });
    return { ledger, receipt };
  }
  const annPublic = () => file("ann.jwk", JSON.stringify(publicJwkOf("ann")));
  const verify = (receipt: string, ...more: readonly string[]) =>
    run(["verify", receipt, "--as", "kill-receipt", "--trust", annPublic(), ...more]);

  test("by the key that killed, alone and against its ledger", async () => {
    const { ledger, receipt } = await receipted();
    const signed = { code: 0, out: expect.stringMatching(/signed by `ann`\n {2}kill-receipt sha256:/) };
    expect(await verify(receipt)).toMatchObject(signed);
    expect(await verify(receipt, "--ledger", ledger)).toMatchObject(signed);
  });

  test("and refused by another key, with a byte changed, as another document, and where the ledger says otherwise", async () => {
    const { ledger, receipt } = await receipted();
    const refused = (message: string) => ({ code: 1, out: expect.stringContaining(message) });
    const args = ["verify", receipt, "--as", "kill-receipt"];
    expect(await run([...args, "--trust", trust])).toMatchObject(refused("not verified"));
    const bent = file(
      "bent.jws",
      (await readFile(receipt, "utf8")).replace(/\.(.)/, (_, c) => (c === "e" ? ".f" : ".e")),
    );
    expect(await verify(bent)).toMatchObject(refused("not verified"));
    // The same session, which nobody has killed there.
    const { ledger: alive } = await open();
    expect(await verify(receipt, "--ledger", alive)).toMatchObject(refused("the ledger says something else"));
    expect(await verify(receipt, "--ledger", `${ledger}.gone`)).toMatchObject({ code: 2 });
    expect(await verify(receipt, "--signature", receipt)).toMatchObject({ code: 2 });
    expect(await run(["verify", receipt, "--trust", trust, "--ledger", ledger])).toMatchObject({ code: 2 });
  });
});
