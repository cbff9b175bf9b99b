/** `manifest.json`: the digest of every file, and the two digests of the envelope (SPEC §1, §6). */
import { artefactFiles, type Manifest } from "../../schema/artefacts.ts";
import { canonicalJson, sha256 } from "../../schema/json/canonical.ts";
import type { NormalisedEnvelope } from "../../schema/normalised.ts";
import { tzdataVersion } from "../../schema/time/zones.ts";
import { versions } from "../../schema/versions.ts";

/** Files that the policy digest leaves out: the archive repeats other files. */
const outsidePolicy: ReadonlySet<string> = new Set([artefactFiles.bundle]);

export function buildManifest(
  files: ReadonlyMap<string, Uint8Array>,
  normalised: NormalisedEnvelope,
  constant: Manifest["constant"],
): Manifest {
  const digests = [...files].map(([path, bytes]) => [path, sha256(bytes)] as const);
  const policy = Object.fromEntries(digests.filter(([path]) => !outsidePolicy.has(path)));
  return {
    ambit: "1",
    envelope: normalised.digest,
    normalised: sha256(canonicalJson(normalised)),
    policy: sha256(canonicalJson(policy)),
    files: Object.fromEntries(digests),
    versions: { ...versions, tzdata: tzdataVersion },
    constant,
  };
}
