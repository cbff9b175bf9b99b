/** The policy's side of OPA's ABI 1.3. */
import { artefactFiles } from "../../../schema/artefacts.ts";
import { ownMember } from "../../own.ts";
import { EngineFault } from "../engine.ts";
import type { Texts } from "./texts.ts";

const entrypointName = "ambit/decision";

type Call = (...args: readonly number[]) => number;

/** @throws EngineFault where there is no such function */
export function functionOf(exports: WebAssembly.Exports, name: string): Call {
  const found = ownMember(exports, name);
  if (!isFunction(found)) throw refused(`exports no ${name}`);
  return found;
}

/**
 * The number of our entrypoint.
 *
 * @throws EngineFault for another ABI, for a policy that leaves built-ins to its host, and where there is no such entrypoint
 */
export function entrypointOf(exports: WebAssembly.Exports, texts: Texts): number {
  const abi = ["opa_wasm_abi_version", "opa_wasm_abi_minor_version"].map((name) => globalOf(exports, name)).join(".");
  if (abi !== "1.3") throw refused(`has OPA's ABI ${abi}, not 1.3`);

  const dump = functionOf(exports, "opa_json_dump");
  const table = (name: string) => parseTable(texts.read(dump(functionOf(exports, name)())));
  const builtins = Object.keys(table("builtins"));
  if (builtins.length > 0) throw refused(`leaves built-ins to its host: ${builtins.join(", ")}`);
  const entrypoint = ownMember(table("entrypoints"), entrypointName);
  if (typeof entrypoint !== "number") throw refused(`has no entrypoint ${entrypointName}`);
  return entrypoint;
}

function isFunction(value: unknown): value is Call {
  return typeof value === "function";
}

function globalOf(exports: WebAssembly.Exports, name: string): unknown {
  const found = ownMember(exports, name);
  return found instanceof WebAssembly.Global ? found.value : undefined;
}

function parseTable(json: string): object {
  const table: unknown = JSON.parse(json);
  if (typeof table !== "object" || table === null) throw refused("has no table of entrypoints or built-ins");
  return table;
}

function refused(problem: string): EngineFault {
  return new EngineFault(`\`${artefactFiles.wasm}\` is no Ambit policy: it ${problem}`);
}
