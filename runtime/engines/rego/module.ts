import { artefactFiles } from "../../../schema/artefacts.ts";
import { EngineFault } from "../engine.ts";

/** All that a policy compiled by OPA may ask of its host. */
const knownImports: ReadonlySet<string> = new Set([
  "env.memory:memory",
  "env.opa_abort:function",
  "env.opa_println:function",
  "env.opa_builtin0:function",
  "env.opa_builtin1:function",
  "env.opa_builtin2:function",
  "env.opa_builtin3:function",
  "env.opa_builtin4:function",
]);

/** @throws EngineFault for bytes that are no WebAssembly, or ask the host for more than a policy needs */
export function compileModule(wasm: Uint8Array): WebAssembly.Module {
  const module = compile(wasm);
  for (const wanted of WebAssembly.Module.imports(module)) {
    const name = `${wanted.module}.${wanted.name}:${wanted.kind}`;
    if (!knownImports.has(name))
      throw new EngineFault(`\`${artefactFiles.wasm}\` is no Ambit policy: it imports ${name}`);
  }
  return module;
}

function compile(wasm: Uint8Array): WebAssembly.Module {
  try {
    return new WebAssembly.Module(Uint8Array.from(wasm));
  } catch (cause) {
    throw new EngineFault(`\`${artefactFiles.wasm}\` is no WebAssembly module`, { cause });
  }
}
