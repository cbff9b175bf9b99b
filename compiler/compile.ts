/** envelope.json → artefacts: read, check, normalise, then every target. Pure: same bytes in, same bytes out. */
import { type Artefacts, artefactFiles, type Manifest, type VectorReport } from "../schema/artefacts.ts";
import type { Diagnostic } from "../schema/diagnostic.ts";
import { canonicalJson, sha256 } from "../schema/json/canonical.ts";
import { normalise } from "./normalise/normalise.ts";
import { type ReadOptions, readEnvelope } from "./read/read.ts";
import { buildManifest } from "./targets/manifest.ts";
import type { Notice } from "./targets/target.ts";
import { type TargetOnDemand, targets, targetsOnDemand } from "./targets/targets.ts";

export interface CompileOptions extends ReadOptions {
  /** What to write besides; nothing if not given. */
  readonly targets?: readonly TargetOnDemand[];
}

export interface Compilation {
  /** Every problem found: errors, warnings and notes. */
  readonly diagnostics: readonly Diagnostic[];
  /** The artefact folder; undefined when there is an error. */
  readonly artefacts?: Artefacts;
  readonly manifest?: Manifest;
  /** What the targets asked for have to say, in their order; none where there are no artefacts. */
  readonly notices: readonly Notice[];
}

/**
 * Compiles one envelope.
 *
 * @param source the envelope document, UTF-8 JSON of at most 1 MiB
 * @returns every diagnostic, and the artefacts of SPEC §6 when none of them is an error
 */
export function compile(source: Uint8Array, options: CompileOptions = {}): Compilation {
  const { diagnostics, envelope, document } = readEnvelope(source, options);
  if (envelope === undefined || document === undefined) return { diagnostics, notices: [] };
  const digest = sha256(canonicalJson(document.value));
  const normalised = normalise(envelope, digest);

  const files = new Map<string, Uint8Array>();
  let constant: Manifest["constant"] = {};
  let vectors: VectorReport | undefined;
  const notices: Notice[] = [];
  const asked = [...new Set(options.targets)].map((name) => targetsOnDemand[name]);
  for (const target of [...Object.values(targets), ...asked]) {
    const output = target({ source, envelope, normalised });
    for (const [path, content] of output.files) files.set(path, bytesOf(content));
    constant = output.constant ?? constant;
    vectors = output.vectors ?? vectors;
    notices.push(...(output.notices ?? []));
  }
  const manifest = buildManifest(files, normalised, constant, vectors);
  files.set(artefactFiles.manifest, bytesOf(`${canonicalJson(manifest)}\n`));
  return { diagnostics, artefacts: files, manifest, notices };
}

const utf8 = new TextEncoder();

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === "string" ? utf8.encode(content) : content;
}
