/** policy.wasm, its lock and its sources belong together. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { globSync } from "tinyglobby";
import { describe, expect, test } from "vitest";
import type { PolicyLock } from "../../policies/lock.ts";
import { sha256 } from "../../schema/json/canonical.ts";
import { versions } from "../../schema/versions.ts";
import { module } from "./rego-host.ts";

const home = join(import.meta.dirname, "../../policies");
const lock: PolicyLock = JSON.parse(readFileSync(join(home, "policy.lock.json"), "utf8"));

describe("the lock", () => {
  test("pins the OPA that the artefacts name", () => {
    expect(lock.opa).toBe(versions.opa);
  });

  test("pins every source, and no other", () => {
    const sources = globSync("rego/**/*.rego", { cwd: home }).map((path) => [
      path,
      sha256(readFileSync(join(home, path))),
    ]);
    expect(lock.sources).toEqual(Object.fromEntries(sources));
  });

  test("pins the module", () => {
    const wasm = readFileSync(join(home, "policy.wasm"));
    expect(lock.wasm).toEqual({ digest: sha256(wasm), size: wasm.length });
  });
});

test("the module asks its host for nothing but memory and ways to fail", () => {
  const names = WebAssembly.Module.imports(module).map(({ name }) => name);
  expect(names.sort()).toEqual(["memory", "opa_abort", ...[0, 1, 2, 3, 4].map((n) => `opa_builtin${n}`)]);
});

test("the capabilities admit no clock, no network, no randomness and no tracing", () => {
  const capabilities = JSON.parse(readFileSync(join(home, "capabilities.json"), "utf8"));
  const names = capabilities.builtins.map(({ name }: { name: string }) => name);
  expect(capabilities.allow_net).toEqual([]);
  expect(names).not.toContainEqual(
    expect.stringMatching(/^(http|net|time|rand|opa|crypto|io|providers|regex|glob|uuid|trace|print)/),
  );
});
