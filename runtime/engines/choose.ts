import type { EngineName } from "../../schema/verdict.ts";
import { cedarEngine } from "./cedar/engine.ts";
import type { Engine } from "./engine.ts";
import { referenceEngine } from "./reference.ts";
import { regoEngine } from "./rego/engine.ts";

/** @throws TypeError when none is chosen, one is chosen twice, or `cedar` without its WebAssembly module */
export function chooseEngines(
  chosen: readonly (EngineName | Engine)[],
  cedarWasm: Uint8Array | undefined,
): readonly Engine[] {
  const engines = chosen.map((engine) => (typeof engine === "string" ? engineNamed(engine, cedarWasm) : engine));
  if (engines.length === 0) throw new TypeError("no engine is chosen: nothing could be allowed");
  const twice = engines.find(({ name }, index) => engines.findIndex((other) => other.name === name) !== index);
  if (twice !== undefined) throw new TypeError(`engine \`${twice.name}\` is chosen twice`);
  return engines;
}

function engineNamed(name: EngineName, cedarWasm: Uint8Array | undefined): Engine {
  switch (name) {
    case "cedar":
      if (cedarWasm === undefined)
        throw new TypeError("engine `cedar` needs the bytes of its WebAssembly module: `cedarWasm`");
      return cedarEngine(cedarWasm);
    case "rego":
      return regoEngine();
    case "reference":
      return referenceEngine;
    default:
      throw new TypeError(`there is no engine \`${String(name satisfies never)}\``);
  }
}
