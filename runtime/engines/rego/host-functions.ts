import { artefactFiles } from "../../../schema/artefacts.ts";
import { EngineFault } from "../engine.ts";
import type { Texts } from "./texts.ts";

/** The host's side of OPA's ABI: nothing but ways to fail. A policy that needs no built-in of the host calls none of them. */
export function hostFunctions(texts: Texts): Readonly<Record<string, (address: number) => never>> {
  const called = (): never => {
    throw new EngineFault(`\`${artefactFiles.wasm}\` called its host`);
  };
  return {
    opa_abort(address) {
      throw new EngineFault(`\`${artefactFiles.wasm}\` aborted: ${texts.read(address)}`);
    },
    opa_println: called,
    opa_builtin0: called,
    opa_builtin1: called,
    opa_builtin2: called,
    opa_builtin3: called,
    opa_builtin4: called,
  };
}
