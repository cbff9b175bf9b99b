/** What a command is given: an envelope document, compiled on the spot, or an artefact folder. */
import { readFile, stat } from "node:fs/promises";
import { compile } from "../compiler/compile.ts";
import { ArtefactsRefused } from "../runtime/artefacts/refused.ts";
import { verifyArtefacts } from "../runtime/artefacts/verify.ts";
import { EngineFault } from "../runtime/engines/engine.ts";
import type { Evaluator } from "../runtime/evaluator.ts";
import { createHost, type HostOptions } from "../runtime/load.ts";
import { cedarWasm } from "../runtime/node/cedar-wasm.ts";
import { loadFolder } from "../runtime/node/load-folder.ts";
import type { Artefacts } from "../schema/artefacts.ts";
import type { Diagnostic } from "../schema/diagnostic.ts";
import type { Registry } from "../schema/registry.ts";
import type { EngineName } from "../schema/verdict.ts";
import { expectEnvelope } from "./expect-envelope.ts";
import { UsageError } from "./io.ts";

export type Opened =
  | { readonly ok: true; readonly artefacts: Artefacts }
  /** The envelope does not compile. */
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** @throws UsageError where the path cannot be read, or where the artefacts of a folder are not whole and unchanged */
export async function openArtefacts(path: string, registry: Registry | undefined): Promise<Opened> {
  const isFolder = await readable(path, async () => (await stat(path)).isDirectory());
  if (isFolder) {
    const artefacts = await readable(path, () => loadFolder(path));
    loading(path, () => verifyArtefacts(artefacts));
    return { ok: true, artefacts };
  }
  const source = await readable(path, () => readFile(path));
  expectEnvelope(path, source);
  const { artefacts, diagnostics } = compile(source, registry === undefined ? {} : { registry });
  return artefacts === undefined ? { ok: false, diagnostics } : { ok: true, artefacts };
}

/** @throws UsageError where the artefacts are not whole and unchanged */
export async function openEvaluator(
  path: string,
  artefacts: Artefacts,
  engines: readonly EngineName[],
  onFault: NonNullable<HostOptions["onFault"]>,
): Promise<Evaluator> {
  const host = createHost({ engines, onFault, ...(engines.includes("cedar") ? { cedarWasm: await cedarWasm() } : {}) });
  return loading(path, () => host.load(artefacts));
}

function loading<T>(path: string, load: () => T): T {
  try {
    return load();
  } catch (error) {
    if (error instanceof ArtefactsRefused || error instanceof EngineFault)
      throw new UsageError(`\`${path}\` does not load: ${error.message}`);
    throw error;
  }
}

/** @throws UsageError in one sentence, where Node cannot read */
export async function readable<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw new UsageError(`cannot read \`${path}\`: ${reasonOf(error)}`);
  }
}

const reasons: ReadonlyMap<unknown, string> = new Map([
  ["ENOENT", "there is no such file"],
  ["EACCES", "permission denied"],
  ["EISDIR", "it is a folder"],
  ["ENOTDIR", "a part of the path is no folder"],
]);

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return reasons.get("code" in error ? error.code : undefined) ?? error.message;
}
