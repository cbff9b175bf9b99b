/** That the artefacts are what the signed document compiles to: the signature covers the document, not what was made of it. */
import { type Artefacts, artefactFiles, type Manifest } from "../../schema/artefacts.ts";
import { fileDigest } from "../../schema/file-digest.ts";
import { canonicalJson } from "../../schema/json/canonical.ts";
import { ArtefactsRefused } from "../artefacts/refused.ts";
import { verifyArtefacts } from "../artefacts/verify.ts";
import type { Evaluator } from "../evaluator.ts";
import { reasonOf } from "../fault.ts";
import { type Failure, fail } from "./check.ts";

export interface Loaded {
  readonly ok: true;
  readonly evaluator: Evaluator;
}

/**
 * @param given a folder that was compiled earlier; it may hold more targets than `compiled`
 * @param compiled what the document compiles to now
 * @param load as `host.load`
 */
export function checkIntegrity(
  given: Artefacts,
  compiled: Artefacts,
  load: (artefacts: Artefacts) => Evaluator,
): Loaded | Failure {
  try {
    const { manifest } = verifyArtefacts(given);
    const other = [...compiled].find(
      ([file, bytes]) => file !== artefactFiles.manifest && !isSame(given.get(file), bytes),
    );
    if (other !== undefined) return changed(other[0]);
    if (meaningOf(manifest) !== meaningOf(verifyArtefacts(compiled).manifest)) return changed(artefactFiles.manifest);
    const evaluator = load(given);
    if (evaluator.policyDigest === manifest.policy && evaluator.envelopeDigest === manifest.envelope)
      return { ok: true, evaluator };
    return fail("integrity", "other artefacts were loaded than those that were given");
  } catch (error) {
    if (error instanceof ArtefactsRefused) return fail("integrity", error.message);
    return fail("integrity", `the artefacts do not load: ${reasonOf(error)}`);
  }
}

function changed(file: string): Failure {
  return fail("integrity", `artefact \`${file}\` is not what this Ambit compiles the envelope to: compile it again`);
}

function isSame(given: Uint8Array | undefined, bytes: Uint8Array): boolean {
  return given !== undefined && fileDigest(given) === fileDigest(bytes);
}

/** The manifest without the list of files, which more targets prolong. */
function meaningOf({ files: _, policy: __, manifest: ___, ...rest }: Manifest): string {
  return canonicalJson(rest);
}
