/** The one build of Cedar that this host was made for, checked before anything runs in it. */
import { sha256 } from "../../../schema/json/canonical.ts";
import { EngineFault } from "../engine.ts";

/** `cedar_wasm_bg.wasm` of @cedar-policy/cedar-wasm 4.13.0: the same bytes in its `nodejs`, `esm` and `web` folders. */
export const cedarWasmDigest = "sha256:9ed10461f45bceabbe2c364330500378b71f641b28f7c2a1f6e033c9be2f1d9a";

export const importModule = "./cedar_wasm_bg.js";

/** What the module wants from its host, by the names its build gave them. */
export const importNames = {
  parse: "__wbg_parse_545d11396395fbbd",
  stringify: "__wbg_stringify_a2c39d991e1bf91d",
  throw: "__wbg___wbindgen_throw_81fc77679af83bc6",
  stringGet: "__wbg___wbindgen_string_get_914df97fcfa788f2",
  isUndefined: "__wbg___wbindgen_is_undefined_c0cca72b82b86f4d",
  initExternrefTable: "__wbindgen_init_externref_table",
} as const;

/** @throws EngineFault when the bytes are not those of the pinned build */
export function compileCedar(wasm: Uint8Array): WebAssembly.Module {
  const digest = sha256(wasm);
  if (digest !== cedarWasmDigest) {
    throw new EngineFault(
      `the Cedar module is not that of @cedar-policy/cedar-wasm 4.13.0: it has ${digest}, expected ${cedarWasmDigest}`,
    );
  }
  const module = new WebAssembly.Module(new Uint8Array(wasm));
  requireImports(WebAssembly.Module.imports(module));
  return module;
}

/** @throws EngineFault when the module would call its host in any way that is not known here */
export function requireImports(imports: readonly WebAssembly.ModuleImportDescriptor[]): void {
  const wanted = imports.map(({ module, name, kind }) => `${kind} ${module} ${name}`).sort();
  const given = Object.values(importNames)
    .map((name) => `function ${importModule} ${name}`)
    .sort();
  if (wanted.join("\n") === given.join("\n")) return;
  throw new EngineFault(`the Cedar module asks its host for other functions than expected: ${wanted.join(", ")}`);
}
