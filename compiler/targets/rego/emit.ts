/** The Rego target: an OPA bundle that a stock `opa run --bundle` serves, and the module for WebAssembly hosts (SPEC §6). */
import { policyLibrary } from "../../../policies/library.ts";
import { artefactFiles } from "../../../schema/artefacts.ts";
import type { NormalisedEnvelope } from "../../../schema/normalised.ts";
import { archive } from "./archive.ts";
import { makeBundle } from "./bundle.ts";

/**
 * @param envelopes any number, each with its own digest: a request finds its own by `input.envelope`
 * @returns path within the artefact folder → content: `bundle/…`, `bundle.tar.gz` and `policy.wasm`
 */
export function emitBundle(envelopes: readonly NormalisedEnvelope[]): ReadonlyMap<string, Uint8Array> {
  const library = policyLibrary();
  const { files } = makeBundle(envelopes, library);
  return new Map([
    ...[...files].map(([path, bytes]) => [`bundle/${path}`, bytes] as const),
    [artefactFiles.bundle, archive(files)],
    [artefactFiles.wasm, library.wasm],
  ]);
}
