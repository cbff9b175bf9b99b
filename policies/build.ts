/**
 * Compiles `rego/` to `policy.wasm` and writes `policy.lock.json`; with `--check`, fails when either checked-in file differs
 * from a fresh build. Runs the `opa` of the environment variable OPA, or of the PATH. OPA embeds the paths of the sources:
 * they are given relative to this folder, so that the same sources give the same bytes on every machine.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "fflate";
import { globSync } from "tinyglobby";
import { codePointCompare, sha256 } from "../schema/json/canonical.ts";
import { versions } from "../schema/versions.ts";
import type { PolicyLock } from "./lock.ts";
import { readTar } from "./read-tar.ts";

const home = import.meta.dirname;
const opa = process.env.OPA ?? "opa";
const entrypoint = "ambit/decision";

function run(...args: readonly string[]): string {
  return execFileSync(opa, args, { cwd: home, encoding: "utf8" });
}

function checkVersion(): void {
  const found = /^Version: (\S+)/m.exec(run("version"))?.[1];
  if (found !== versions.opa) throw new Error(`policy.wasm is built with OPA ${versions.opa}; \`${opa}\` is ${found}`);
}

async function compileLibrary(): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), "ambit-policy-"));
  try {
    const bundle = join(folder, "bundle.tar.gz");
    const capabilities = ["--capabilities", "capabilities.json"];
    run("build", "--target", "wasm", "--entrypoint", entrypoint, ...capabilities, "--output", bundle, "rego");
    const wasm = (await readTar(gunzipSync(readFileSync(bundle)))).get("/policy.wasm");
    if (wasm === undefined) throw new Error("`opa build` wrote no policy.wasm");
    return wasm;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function lockOf(wasm: Uint8Array): PolicyLock {
  const paths = globSync("rego/**/*.rego", { cwd: home }).sort(codePointCompare);
  const sources = paths.map((path) => [path, sha256(readFileSync(join(home, path)))] as const);
  return {
    opa: versions.opa,
    entrypoint,
    sources: Object.fromEntries(sources),
    wasm: { digest: sha256(wasm), size: wasm.length },
  };
}

checkVersion();
const wasm = await compileLibrary();
const built = new Map<string, Uint8Array>([
  ["policy.wasm", wasm],
  ["policy.lock.json", new TextEncoder().encode(`${JSON.stringify(lockOf(wasm), null, 2)}\n`)],
]);
for (const [file, bytes] of built) {
  const path = join(home, file);
  if (!process.argv.includes("--check")) writeFileSync(path, bytes);
  else if (!readFileSync(path).equals(bytes)) {
    console.error(`policies/${file} differs from a fresh build of policies/rego: run \`node policies/build.ts\``);
    process.exitCode = 1;
  }
}
