/** The files of an OPA bundle, by their path in it. */
import { canonicalJson, codePointCompare, sha256 } from "../../../schema/json/canonical.ts";
import type { NormalisedEnvelope } from "../../../schema/normalised.ts";

const utf8 = new TextEncoder();

/**
 * `data.json` holds the envelopes by digest, in canonical form. The revision is the SHA-256 of the JCS of {path: digest} over
 * all files but `.manifest`: it changes with any envelope and with the library.
 */
export function bundleFiles(
  envelopes: readonly NormalisedEnvelope[],
  library: ReadonlyMap<string, Uint8Array>,
): ReadonlyMap<string, Uint8Array> {
  const byDigest = Object.fromEntries(envelopes.map((envelope) => [envelope.digest, envelope]));
  const content = new Map([...library, ["data.json", utf8.encode(canonicalJson({ ambit: { envelopes: byDigest } }))]]);
  const digests = Object.fromEntries([...content].map(([path, bytes]) => [path, sha256(bytes)]));
  const manifest = { revision: sha256(canonicalJson(digests)), roots: ["ambit"], rego_version: 1 };
  const files = [...content, [".manifest", utf8.encode(canonicalJson(manifest))] as const];
  return new Map(files.sort(([a], [b]) => codePointCompare(a, b)));
}
