/** envelope.json → artefacts: read, check, normalise, then every target. Pure: same bytes in, same bytes out. */
import { type Artefacts, artefactFiles, type Manifest } from "../schema/artefacts.ts";
import type { Diagnostic } from "../schema/diagnostic.ts";
import { canonicalJson, sha256 } from "../schema/json/canonical.ts";
import { normalise } from "./normalise/normalise.ts";
import { type ReadOptions, readEnvelope } from "./read/read.ts";
import { buildManifest } from "./targets/manifest.ts";
import { targets } from "./targets/targets.ts";

export interface Compilation {
  /** Every problem found: errors, warnings and notes. */
  readonly diagnostics: readonly Diagnostic[];
  /** The artefact folder; undefined when there is an error. */
  readonly artefacts?: Artefacts;
  readonly manifest?: Manifest;
}

/**
 * Compiles one envelope.
 *
 * @param source the envelope document, UTF-8 JSON of at most 1 MiB
 * @returns every diagnostic, and the artefacts of SPEC §6 when none of them is an error
 */
export function compile(source: Uint8Array, options: ReadOptions = {}): Compilation {
  const { diagnostics, envelope, document } = readEnvelope(source, options);
  if (envelope === undefined || document === undefined) return { diagnostics };
  const digest = sha256(canonicalJson(document.value));
  const normalised = normalise(envelope, digest);

  const files = new Map<string, Uint8Array>();
  let constant: Manifest["constant"] = {};
  for (const target of Object.values(targets)) {
    const output = target({ source, envelope, normalised });
    for (const [path, content] of output.files) files.set(path, bytesOf(content));
    constant = output.constant ?? constant;
  }
  const manifest = buildManifest(files, normalised, constant);
  files.set(artefactFiles.manifest, bytesOf(`${canonicalJson(manifest)}\n`));
  return { diagnostics, artefacts: files, manifest };
}

const utf8 = new TextEncoder();

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === "string" ? utf8.encode(content) : content;
}
