/** The policy digest (SPEC §6): SHA-256 of the JCS of `{file: sha256}`, over what the engines judge by. */
import { artefactFiles } from "./artefacts.ts";
import { canonicalJson, sha256 } from "./json/canonical.ts";

/** The manifest holds the digest, the archive repeats other files, and signatures come later. */
const outside: ReadonlySet<string> = new Set([artefactFiles.manifest, artefactFiles.bundle]);

/** @param files path → `sha256:<hex>` */
export function policyDigest(files: Readonly<Record<string, string>>): string {
  const covered = Object.entries(files).filter(([path]) => !outside.has(path) && !path.endsWith(".signatures.json"));
  return sha256(canonicalJson(Object.fromEntries(covered)));
}
