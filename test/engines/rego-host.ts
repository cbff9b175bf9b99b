/** Compiles a normalised envelope with the Rego target and loads it into the Rego engine. */
import { emitBundle } from "../../compiler/targets/rego/emit.ts";
import { policyLibrary } from "../../policies/library.ts";
import type { LoadedPolicy, Policy } from "../../runtime/engines/engine.ts";
import { regoEngine } from "../../runtime/engines/rego/engine.ts";
import { compileModule } from "../../runtime/engines/rego/module.ts";
import type { Artefacts } from "../../schema/artefacts.ts";
import { canonicalJson, sha256 } from "../../schema/json/canonical.ts";
import type { NormalisedEnvelope } from "../../schema/normalised.ts";
import { versions } from "../../schema/versions.ts";

export const wasm = policyLibrary().wasm;
export const module = compileModule(wasm);

/** The document that the policy has as `data`. */
export function documentOf(...envelopes: readonly NormalisedEnvelope[]): string {
  return canonicalJson({ ambit: { envelopes: Object.fromEntries(envelopes.map((each) => [each.digest, each])) } });
}

/** The artefacts of an envelope, some of them replaced, under a manifest that names them as they are. */
export function policyOf(envelope: NormalisedEnvelope, replaced: Artefacts = new Map()): Policy {
  const artefacts = new Map([...emitBundle([envelope]), ...replaced]);
  const digests = Array.from(artefacts, ([path, bytes]) => [path, sha256(bytes)]);
  return {
    artefacts,
    manifest: {
      ambit: "1",
      envelope: envelope.digest,
      normalised: sha256(canonicalJson(envelope)),
      policy: "",
      manifest: "",
      files: Object.fromEntries(digests),
      versions: { ...versions, tzdata: "" },
      constant: {},
    },
  };
}

const shared = regoEngine();

export function load(envelope: NormalisedEnvelope): LoadedPolicy {
  return shared.load(policyOf(envelope));
}
