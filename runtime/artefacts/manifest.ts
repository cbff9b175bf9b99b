import { type Artefacts, artefactFiles, type Manifest } from "../../schema/artefacts.ts";
import { canonicalJson } from "../../schema/json/canonical.ts";
import { manifestDigest } from "../../schema/manifest-digest.ts";
import { versions } from "../../schema/versions.ts";
import { readDocument } from "./document.ts";
import { ArtefactsRefused } from "./refused.ts";

/** Every byte of the manifest means something: it is canonical JSON and a line break, or it is refused. */
export function readManifest(artefacts: Artefacts): Manifest {
  const file = artefactFiles.manifest;
  const { value, text } = readDocument(artefacts, file);
  if (!isManifest(value)) throw new ArtefactsRefused(file, "is no manifest");
  if (`${canonicalJson(value)}\n` !== text) throw new ArtefactsRefused(file, "is not as Ambit writes it");
  if (manifestDigest(value) !== value.manifest) throw new ArtefactsRefused(file, "is changed: its own digest differs");
  if (value.versions.language !== versions.language)
    throw new ArtefactsRefused(file, `is of another version of the language than ${versions.language}`);
  return value;
}

const digest = /^sha256:[0-9a-f]{64}$/;

function isManifest(value: unknown): value is Manifest {
  if (!isRecord(value) || value.ambit !== "1" || !isRecord(value.versions) || !isRecord(value.constant)) return false;
  const digests = isRecord(value.files) && [
    value.envelope,
    value.normalised,
    value.policy,
    value.manifest,
    ...Object.values(value.files),
  ];
  return (
    Array.isArray(digests) &&
    digests.every((text) => typeof text === "string" && digest.test(text)) &&
    Object.values(value.versions).every((text) => typeof text === "string")
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
