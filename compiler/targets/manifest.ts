/** `manifest.json`: the digest of every file, and the two digests of the envelope (SPEC §1, §6). */
import type { Manifest, VectorReport } from "../../schema/artefacts.ts";
import { fileDigest } from "../../schema/file-digest.ts";
import { canonicalJson, sha256 } from "../../schema/json/canonical.ts";
import { manifestDigest } from "../../schema/manifest-digest.ts";
import type { NormalisedEnvelope } from "../../schema/normalised.ts";
import { policyDigest } from "../../schema/policy-digest.ts";
import { tzdataVersion } from "../../schema/time/zones.ts";
import { versions } from "../../schema/versions.ts";

export function buildManifest(
  files: ReadonlyMap<string, Uint8Array>,
  normalised: NormalisedEnvelope,
  constant: Manifest["constant"],
  vectors?: VectorReport,
): Manifest {
  const digests = Object.fromEntries([...files].map(([path, bytes]) => [path, fileDigest(bytes)]));
  const manifest = {
    ambit: "1" as const,
    envelope: normalised.digest,
    normalised: sha256(canonicalJson(normalised)),
    policy: policyDigest(digests),
    files: digests,
    versions: { ...versions, tzdata: tzdataVersion },
    constant,
    ...(vectors === undefined ? {} : { vectors }),
  };
  return { ...manifest, manifest: manifestDigest(manifest) };
}
