/** The source document among the artefacts: checked when it was compiled, vouched for by the manifest's digests since. */
import { type Artefacts, artefactFiles } from "../../schema/artefacts.ts";
import type { Envelope } from "../../schema/envelope.ts";
import { readDocument } from "./document.ts";
import { ArtefactsRefused } from "./refused.ts";

export function readSource(artefacts: Artefacts): Envelope {
  const { value } = readDocument(artefacts, artefactFiles.source);
  if (!isCompiledSource(value)) throw new ArtefactsRefused(artefactFiles.source, "is no envelope");
  return value;
}

/** The compiler has checked the rest: only what was compiled has a manifest that names its digest. */
function isCompiledSource(value: unknown): value is Envelope {
  if (typeof value !== "object" || value === null) return false;
  return "ambit" in value && value.ambit === "1" && "principal" in value && "effects" in value && "budgets" in value;
}
