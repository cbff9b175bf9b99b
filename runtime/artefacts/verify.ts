/** Artefacts are loaded whole and unchanged, or not at all (SPEC §6). */
import { type Artefacts, artefactFiles, type Manifest } from "../../schema/artefacts.ts";
import type { Envelope } from "../../schema/envelope.ts";
import { fileDigest } from "../../schema/file-digest.ts";
import { canonicalJson, sha256 } from "../../schema/json/canonical.ts";
import { policyDigest } from "../../schema/policy-digest.ts";
import { own } from "../own.ts";
import { readManifest } from "./manifest.ts";
import { ArtefactsRefused } from "./refused.ts";
import { readSource } from "./source.ts";

export interface Verified {
  readonly manifest: Manifest;
  readonly envelope: Envelope;
}

/**
 * @param expectPolicy the policy digest that must be found, `sha256:<hex>`; without it any whole folder will do
 * @throws ArtefactsRefused naming the first file that is missing, foreign or changed
 */
export function verifyArtefacts(artefacts: Artefacts, expectPolicy?: string): Verified {
  const manifest = readManifest(artefacts);
  for (const [file, expected] of Object.entries(manifest.files)) {
    const bytes = artefacts.get(file);
    if (bytes === undefined) throw new ArtefactsRefused(file, "is missing");
    if (fileDigest(bytes) !== expected)
      throw new ArtefactsRefused(file, "is not the file that the manifest names: its digest differs");
  }
  for (const file of artefacts.keys())
    if (file !== artefactFiles.manifest && own(manifest.files, file) === undefined)
      throw new ArtefactsRefused(file, "is not listed in the manifest");
  if (policyDigest(manifest.files) !== manifest.policy)
    throw new ArtefactsRefused(artefactFiles.manifest, "has a policy digest that does not cover its files");
  if (expectPolicy !== undefined && expectPolicy !== manifest.policy)
    throw new ArtefactsRefused(artefactFiles.manifest, `is of policy ${manifest.policy}, not of the expected one`);
  const envelope = readSource(artefacts);
  if (sha256(canonicalJson(envelope)) !== manifest.envelope)
    throw new ArtefactsRefused(artefactFiles.source, "is not the envelope that the manifest names: its digest differs");
  return { manifest, envelope };
}
