/** The Rego library and its WebAssembly module as they lie in the package. Needs a file system. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { sha256 } from "../schema/json/canonical.ts";
import type { PolicyLock } from "./lock.ts";

export interface PolicyLibrary {
  /** Source path within `policies/` → Rego text, in code point order. */
  readonly sources: ReadonlyMap<string, Uint8Array>;
  readonly wasm: Uint8Array;
}

/** Found through the package's own name: this file runs from the sources and from `dist/`. */
const home = join(dirname(createRequire(import.meta.url).resolve("ambit/package.json")), "policies");

let library: PolicyLibrary | undefined;

/** Read once. @throws Error naming the file whose digest is not the one that `policy.lock.json` pins */
export function policyLibrary(): PolicyLibrary {
  library ??= readLibrary();
  return library;
}

function readLibrary(): PolicyLibrary {
  const lock: PolicyLock = JSON.parse(readFileSync(join(home, "policy.lock.json"), "utf8"));
  const sources = Object.entries(lock.sources).map(([path, digest]) => [path, readPinned(path, digest)] as const);
  return { sources: new Map(sources), wasm: readPinned("policy.wasm", lock.wasm.digest) };
}

function readPinned(path: string, digest: string): Uint8Array {
  const bytes = readFileSync(join(home, path));
  if (sha256(bytes) !== digest) throw new Error(`policies/${path} is not the file that policies/policy.lock.json pins`);
  return bytes;
}
