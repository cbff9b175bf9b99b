import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The bytes of Cedar's WebAssembly module, from the installed package @cedar-policy/cedar-wasm. */
export async function cedarWasm(): Promise<Uint8Array> {
  const glue = createRequire(import.meta.url).resolve("@cedar-policy/cedar-wasm/nodejs");
  return readFile(join(dirname(glue), "cedar_wasm_bg.wasm"));
}
