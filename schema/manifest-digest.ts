/** The manifest's digest of itself: every other file is vouched for by the manifest, which has nobody else to vouch for it. */
import type { Manifest } from "./artefacts.ts";
import { canonicalJson, sha256 } from "./json/canonical.ts";

/** SHA-256 of the JCS of the manifest without its member `manifest`. */
export function manifestDigest(manifest: Omit<Manifest, "manifest">): string {
  return sha256(canonicalJson({ ...manifest, manifest: undefined }));
}
