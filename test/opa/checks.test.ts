/** OPA's own tools on a bundle as it is emitted. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gunzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exampleNames } from "../../examples/example.ts";
import { readTar } from "../../policies/read-tar.ts";
import { run } from "../cli/run.ts";
import { envelopeOf } from "./answers.ts";
import { hasOpa, opa } from "./opa.ts";

const capabilities = join(import.meta.dirname, "../../policies/capabilities.json");

describe.skipIf(!hasOpa)("a bundle of every example", () => {
  const folder = mkdtempSync(join(tmpdir(), "ambit-checks-"));
  const unpacked = join(folder, "bundle");
  afterAll(() => rmSync(folder, { recursive: true }));
  beforeAll(async () => {
    const packed = join(folder, "bundle.tar.gz");
    await run(["bundle", ...(await exampleNames()).map(envelopeOf), "-o", packed]);
    for (const [path, bytes] of await readTar(gunzipSync(readFileSync(packed)))) {
      mkdirSync(dirname(join(unpacked, path)), { recursive: true });
      writeFileSync(join(unpacked, path), bytes);
    }
  });

  const said = (...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(opa, args, { encoding: "utf8" });
    return { status, text: stdout + stderr };
  };
  const checked = () => said("check", "--strict", "--capabilities", capabilities, "--bundle", unpacked);

  test("passes `opa check --strict` with capabilities that have no clock, no network and nothing of the host's", () => {
    expect(checked()).toEqual({ status: 0, text: "" });
  });

  test("passes `opa fmt --fail`", () => {
    expect(said("fmt", "--fail", "--list", unpacked)).toEqual({ status: 0, text: "" });
  });

  test.each([
    "time.now_ns()",
    'http.send({"method": "get", "url": "http://localhost"})',
    "opa.runtime()",
    'rego.parse_module("a", "")',
  ])("would not pass with %s", (call) => {
    const more = join(unpacked, "rego/more.rego");
    writeFileSync(more, `package ambit\n\nmore := ${call}\n`);
    const { status, text } = checked();
    rmSync(more);
    expect(status).not.toBe(0);
    expect(text).toContain("undefined function");
  });

  test("has one answer, to `ambit/decision`, for OPA's inspection", () => {
    const { manifest, namespaces } = JSON.parse(said("inspect", "--format", "json", unpacked).text);
    expect(manifest).toMatchObject({ roots: ["ambit"], rego_version: 1 });
    expect(Object.keys(namespaces).toSorted()).toEqual(["data", "data.ambit"]);
  });
});

describe.skipIf(!hasOpa)("a bundle for WebAssembly hosts", () => {
  test("is refused by an OPA that has no engine for it", async () => {
    const folder = mkdtempSync(join(tmpdir(), "ambit-wasm-"));
    const packed = join(folder, "bundle.tar.gz");
    await run(["bundle", envelopeOf("trading"), "--wasm", "-o", packed]);
    const { status, stdout, stderr } = spawnSync(opa, ["eval", "--bundle", packed, "data.ambit.decision"], {
      encoding: "utf8",
    });
    rmSync(folder, { recursive: true });
    expect(status).not.toBe(0);
    expect(stdout + stderr).toContain("engine not found");
  });
});
