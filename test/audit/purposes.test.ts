/** A key counts for what it was named for: who may sign receipts may not issue envelopes, nor report what a feed has seen. */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { signFeed } from "../../runtime/authority/feed.ts";
import { signDetached } from "../../runtime/authority/jws/detached.ts";
import { typOf } from "../../runtime/authority/jws/typ.ts";
import { signReceipt } from "../../runtime/authority/token/receipt.ts";
import { canonicalJson } from "../../schema/json/canonical.ts";
import { keyPair, publicJwkOf } from "../authority/key-pairs.ts";
import { run } from "../cli/run.ts";
import { temporaryFolder } from "../fresh-copy.ts";
import { entry } from "../ledger/entries.ts";
import { begin, openGateway, tokenOf } from "./ledgers.ts";

const folder = temporaryFolder("purposes");
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Purpose = "issuer" | "executor" | "feed";
const publicKey = (who: Purpose) => file(`${who}.jwk`, JSON.stringify(publicJwkOf(who)));
const signerOf = async (who: Purpose) => (await keyPair(who)).signer;

/** Its envelope is record 1, the report of its feed record 2, the receipt record 5. */
async function ledger(by: Readonly<Record<Purpose, Purpose>>): Promise<string> {
  const { document } = openGateway("env_purposes");
  const payload = new TextEncoder().encode(canonicalJson(JSON.parse(document)));
  const detached = await signDetached(await signerOf(by.issuer), typOf.envelope, payload);
  const gateway = openGateway("env_purposes", { signatures: [JSON.stringify({ signatures: [detached] })] });
  const jws = await signFeed(await signerOf(by.feed), { name: "perimeter", at: begin });
  gateway.append(entry("evidence", begin, { name: "perimeter", seenAt: begin, jws }));
  const token = tokenOf(gateway.propose("pay", { payee: "ann", amount: "20.00" }, begin + 1));
  gateway.append(entry("consumed", begin + 2, token));
  const said = { outcome: "executed", amounts: { "budgets/spend": 2000 } } as const;
  const receipt = await signReceipt(await signerOf(by.executor), { jti: token.jti, at: begin + 3, ...said });
  gateway.append(entry("settled", begin + 3, { ...token, ...said, results: {}, metrics: [], receipt }));
  return file(`${Object.values(by).join("-")}.jsonl`, gateway.chain.map(({ text }) => `${text}\n`).join(""));
}

async function found(path: string, ...args: readonly string[]): Promise<readonly string[]> {
  const { out } = await run(["audit", path, "--json", ...args]);
  const { problems } = JSON.parse(out) as { problems: { code: string; seq: number; message: string }[] };
  return problems.map(({ code, seq }) => `${code} ${seq}`);
}

const honest = { issuer: "issuer", executor: "executor", feed: "feed" } as const;
const named = () => [
  "--trust",
  publicKey("issuer"),
  "--executors",
  publicKey("executor"),
  "--feeds",
  publicKey("feed"),
];

test("what each has signed stands by the keys named for it", async () => {
  expect(await found(await ledger(honest), ...named())).toEqual([]);
});

test.each<readonly [what: string, by: Partial<Readonly<Record<Purpose, Purpose>>>, seq: number]>([
  ["an envelope issued by an executor", { issuer: "executor" }, 1],
  ["an envelope issued by a feed", { issuer: "feed" }, 1],
  ["a report by an executor", { feed: "executor" }, 2],
  ["a report by the issuer", { feed: "issuer" }, 2],
  ["a receipt by a feed", { executor: "feed" }, 5],
  ["a receipt by the issuer", { executor: "issuer" }, 5],
])("%s is found", async (_, by, seq) => {
  expect(await found(await ledger({ ...honest, ...by }), ...named())).toEqual([`SIGNATURE_WRONG ${seq}`]);
});

describe("where nobody is named for them", () => {
  test("receipts and reports do not stand beside an envelope that is verified, and the audit says why", async () => {
    const path = await ledger(honest);
    const everybody = ["issuer", "executor", "feed"].map((who) => join(folder, `${who}.jwk`));
    expect(await found(path, "--trust", ...everybody)).toEqual(["SIGNATURE_WRONG 2", "SIGNATURE_WRONG 5"]);
    const { out } = await run(["audit", path, "--trust", publicKey("issuer")]);
    expect(out).toMatch(/receipt.*no key of an executor/);
    expect(out).toMatch(/report.*no key of a feed/);
  });

  test("nothing is said of them where no key is given at all, nor of what other keys are for", async () => {
    const path = await ledger({ ...honest, issuer: "feed" });
    expect(await found(path)).toEqual([]);
    expect(await found(path, "--executors", publicKey("executor"))).toEqual([]);
    expect(await found(path, "--executors", publicKey("feed"))).toEqual(["SIGNATURE_WRONG 5"]);
    expect(await found(path, "--feeds", publicKey("executor"))).toEqual(["SIGNATURE_WRONG 2"]);
  });
});
