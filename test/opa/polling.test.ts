/** An OPA with the README's configuration follows what a plain HTTP server has: revisions, envelopes added and withdrawn. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { gunzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { archive } from "../../compiler/targets/rego/archive.ts";
import { askOpa } from "../../examples/ask-opa.ts";
import { readTar } from "../../policies/read-tar.ts";
import { run } from "../cli/run.ts";
import { allowedOf, envelopeOf } from "./answers.ts";
import { asVariable, type BundleServer, configFile, opaConfig, serveBundles } from "./config.ts";
import { ecKey } from "./key-pairs.ts";
import { hasOpa } from "./opa.ts";
import { decisionOf, type OpaServer, serveOpa } from "./server.ts";

const key = ecKey();
const allowed = { verdict: "allow", violations: [] };
const unknown = { verdict: "deny", violations: ["envelope"] };

test("the README shows a configuration of ten lines at most, which polls and verifies", () => {
  expect(opaConfig.trimEnd().split("\n").length).toBeLessThanOrEqual(10);
  expect(opaConfig).toMatch(/\{BUNDLE_SERVER\}/);
  expect(opaConfig).toMatch(/\{BUNDLE_KEY\}/);
});

describe.skipIf(!hasOpa).sequential("an OPA that polls", { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), "ambit-polling-"));
  let bundles: BundleServer;
  let opa: OpaServer;
  let trading: unknown;
  let deployment: unknown;

  beforeAll(async () => {
    [trading, deployment] = [await allowedOf("trading"), await allowedOf("deployment")];
    bundles = await serveBundles();
    opa = await serveOpa(["--config-file", configFile()], {
      BUNDLE_SERVER: bundles.url,
      BUNDLE_KEY: asVariable(key.verifying),
    });
  });
  afterAll(async () => {
    await opa?.stop();
    bundles?.close();
    rmSync(folder, { recursive: true });
  });

  async function made(revision: string, signing = key, ...names: readonly string[]): Promise<Uint8Array> {
    const [output, keyFile] = [join(folder, "bundle.tar.gz"), join(folder, "key")];
    writeFileSync(keyFile, signing.secret);
    const envelopes = names.length === 0 ? ["--none"] : names.map(envelopeOf);
    const signature = ["--sign", keyFile, "--kid", "ops-1", "--revision", revision];
    const { code, err } = await run(["bundle", ...envelopes, ...signature, "-o", output]);
    expect(code, err).toBe(0);
    return readFileSync(output);
  }

  async function publish(revision: string, ...names: readonly string[]): Promise<void> {
    bundles.publish(await made(revision, key, ...names));
    await until(async () => (await revisionOf(opa)) === revision);
  }

  const ask = (request: unknown) => askOpa(opa.url, request, 5000);

  test("denies while it has no bundle", async () => {
    await until(async () => (bundles.counts.get(404) ?? 0) > 0);
    expect(await decisionOf(opa, trading)).toEqual({});
    expect(await ask(trading)).toEqual({ verdict: "deny", violations: ["engine"] });
  });

  test("takes up a bundle as soon as there is one", async () => {
    await publish("1", "trading");
    expect(await ask(trading)).toEqual(allowed);
    expect(await ask(deployment)).toEqual(unknown);
  });

  test("asks by ETag, and is told that nothing is new", async () => {
    await until(async () => (bundles.counts.get(304) ?? 0) > 1);
    expect(bundles.counts.get(200)).toBe(1);
  });

  test("takes up an envelope that is added", async () => {
    await publish("2", "deployment", "trading");
    expect(await ask(trading)).toEqual(allowed);
    expect(await ask(deployment)).toEqual(allowed);
  });

  test("denies an envelope that is withdrawn", async () => {
    await publish("3", "deployment");
    expect(await ask(trading)).toEqual(unknown);
    expect(await ask(deployment)).toEqual(allowed);
  });

  test("keeps what it has when it is offered less than a whole bundle of ours", async () => {
    const files = await readTar(gunzipSync(await made("4", key, "trading")));
    const data = Buffer.from(files.get("data.json") ?? "").toString();
    const changed = new Map([...files, ["data.json", Buffer.from(data.replace('"max":2', '"max":9'))]]);
    for (const bundle of [
      archive(changed),
      archive(new Map([...files].filter(([path]) => path !== ".signatures.json"))),
      await made("4", ecKey(), "trading"),
      Buffer.from("no bundle"),
    ]) {
      const before = bundles.counts.get(200) ?? 0;
      bundles.publish(bundle);
      await until(async () => (bundles.counts.get(200) ?? 0) > before + 1);
      expect(await revisionOf(opa)).toBe("3");
      expect(await ask(trading)).toEqual(unknown);
    }
    expect(opa.said()).toMatch(/digest mismatch/);
    expect(opa.said()).toMatch(/missing .signatures.json/);
    expect(opa.said()).toMatch(/failed to verify/);
  });

  test("denies everything with a bundle of none", async () => {
    await publish("5");
    expect(await ask(trading)).toEqual(unknown);
    expect(await ask(deployment)).toEqual(unknown);
  });

  test("keeps the last bundle when the file is gone: only a bundle withdraws", async () => {
    await publish("6", "deployment");
    bundles.publish(undefined);
    const before = bundles.counts.get(404) ?? 0;
    await until(async () => (bundles.counts.get(404) ?? 0) > before);
    expect(await ask(deployment)).toEqual(allowed);
  });
});

/** What OPA says that it answers from. */
async function revisionOf({ url }: OpaServer): Promise<unknown> {
  const response = await fetch(`${url}/v1/data/ambit/decision?provenance=true`, { method: "POST", body: "{}" });
  const body: { provenance?: { bundles?: { ambit?: { revision?: string } } } } = await response.json();
  return body.provenance?.bundles?.ambit?.revision;
}

async function until(isSo: () => Promise<boolean>, milliseconds = 20_000): Promise<void> {
  for (const end = performance.now() + milliseconds; performance.now() < end; await sleep(50)) if (await isSo()) return;
  throw new Error(`not within ${milliseconds} ms`);
}
