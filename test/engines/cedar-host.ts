/** Compiles a normalised envelope with the Cedar emitter and loads it into the Cedar engine. */
import { createRequire } from "node:module";
import { emitCedar } from "../../compiler/targets/cedar/emit.ts";
import { cedarEngineOver } from "../../runtime/engines/cedar/engine.ts";
import { instantiateCedar } from "../../runtime/engines/cedar/instance.ts";
import { compileCedar } from "../../runtime/engines/cedar/module.ts";
import { CedarPool, type PoolLimits } from "../../runtime/engines/cedar/pool.ts";
import type { LoadedPolicy, Policy } from "../../runtime/engines/engine.ts";
import { cedarWasm } from "../../runtime/node/cedar-wasm.ts";
import { artefactFiles } from "../../schema/artefacts.ts";
import { sha256 } from "../../schema/json/canonical.ts";
import type { NormalisedEnvelope } from "../../schema/normalised.ts";
import { versions } from "../../schema/versions.ts";

export const module = compileCedar(await cedarWasm());

/** The package's own glue: what any other host of Cedar uses. */
export const stock: typeof import("@cedar-policy/cedar-wasm/nodejs") = createRequire(import.meta.url)(
  "@cedar-policy/cedar-wasm/nodejs",
);

export function poolOf(limits?: PoolLimits): CedarPool {
  return new CedarPool(() => instantiateCedar(module), limits);
}

export function policyOf(envelope: NormalisedEnvelope): Policy {
  const { files, constant } = emitCedar(envelope);
  const artefacts = new Map(Array.from(files, ([path, text]) => [path, new TextEncoder().encode(text)]));
  const digests = Array.from(artefacts, ([path, bytes]) => [path, sha256(bytes)]);
  return {
    artefacts,
    manifest: {
      ambit: "1",
      envelope: envelope.digest,
      normalised: "",
      policy: "",
      manifest: "",
      files: Object.fromEntries(digests),
      versions: { ...versions, tzdata: "" },
      constant,
    },
  };
}

const shared = cedarEngineOver(poolOf());

export function load(envelope: NormalisedEnvelope): LoadedPolicy {
  return shared.load(policyOf(envelope));
}

export function textOf(envelope: NormalisedEnvelope): { readonly policies: string; readonly schema: string } {
  const { files } = emitCedar(envelope);
  return { policies: files.get(artefactFiles.cedar) ?? "", schema: files.get(artefactFiles.cedarSchema) ?? "" };
}
