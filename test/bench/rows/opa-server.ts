import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { createHost } from "../../../runtime/load.ts";
import { cedarWasm } from "../../../runtime/node/cedar-wasm.ts";
import { buildRequest } from "../../../runtime/request.ts";
import { artefactFiles } from "../../../schema/artefacts.ts";
import type { Measurement } from "../row.ts";
import { artefactsOf, callOf, factsOf } from "../sample.ts";
import { quantiles } from "../time.ts";

const bounds = 13;
const rounds = 4_000;
/** Taken in turn, so that the machine's moods fall on both alike; in blocks, because both serve many calls at a time. */
const blockSize = 200;
const warmUp = 50;

/** The same question to both engines in this process, and to an OPA server beside it, asked as a service would: with `fetch`. */
export const opaServerRows: Measurement = async () => {
  const artefacts = artefactsOf(bounds);
  const evaluator = createHost({ cedarWasm: await cedarWasm() }).load(artefacts);
  const call = callOf(bounds, 100);
  const decoded = evaluator.decode(call);
  if (!decoded.ok) throw new Error("the sample call does not decode");
  const input = buildRequest(evaluator.envelopeDigest, decoded.call, factsOf(evaluator));
  const server = await serve(artefacts.get(artefactFiles.bundle) ?? new Uint8Array());
  const body = JSON.stringify({ input });
  const [ours, theirs] = [new Float64Array(rounds), new Float64Array(rounds)];
  try {
    for (let block = 0; block < rounds; block += blockSize) {
      for (let i = -warmUp; i < blockSize; i++) {
        const start = performance.now();
        const { verdict } = evaluator.decide(call, factsOf(evaluator));
        const taken = performance.now() - start;
        if (verdict !== "allow") throw new Error(`Ambit says ${verdict}`);
        if (i >= 0) ours[block + i] = taken * 1000;
      }
      for (let i = -warmUp; i < blockSize; i++) {
        const start = performance.now();
        const verdict = await server.ask(body);
        const taken = performance.now() - start;
        if (verdict !== "allow") throw new Error(`OPA says ${verdict}`);
        if (i >= 0) theirs[block + i] = taken * 1000;
      }
    }
  } finally {
    server.stop();
  }
  const [ambit, opa] = [quantiles(ours), quantiles(theirs)];
  return [
    {
      name: "OPA server over loopback / Ambit with both engines",
      value: opa.p50 / ambit.p50,
      unit: "×",
      least: 4,
      from: `${opa.p50.toFixed(1)} µs / ${ambit.p50.toFixed(1)} µs`,
    },
  ];
};

interface Server {
  /** The verdict. */
  readonly ask: (body: string) => Promise<unknown>;
  readonly stop: () => void;
}

async function serve(bundle: Uint8Array): Promise<Server> {
  if (spawnSync("opa", ["version"]).status !== 0) throw new Error("this row needs `opa` on the PATH");
  const folder = mkdtempSync(join(tmpdir(), "ambit-bench-"));
  writeFileSync(join(folder, "bundle.tar.gz"), bundle);
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const options = ["--addr", address, "--log-level", "error", "--skip-version-check", "--bundle", "bundle.tar.gz"];
  const opa = spawn("opa", ["run", "--server", ...options], { cwd: folder, stdio: "inherit" });
  const stop = () => {
    opa.kill();
    rmSync(folder, { recursive: true });
  };
  const headers = { "content-type": "application/json" };
  const ask = async (body: string) => {
    const response = await fetch(`http://${address}/v1/data/ambit/decision`, { method: "POST", headers, body });
    const { result }: { result?: { verdict?: unknown } } = JSON.parse(await response.text());
    return result?.verdict;
  };
  for (let tries = 0; tries < 100; tries++) {
    try {
      await ask('{"input":{}}');
      return { ask, stop };
    } catch {
      await wait(100);
    }
  }
  stop();
  throw new Error("the OPA server does not answer");
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("there is no free port");
  return address.port;
}
