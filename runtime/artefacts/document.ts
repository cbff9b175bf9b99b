import type { Artefacts } from "../../schema/artefacts.ts";
import { parseJson, toValue } from "../../schema/json/parse.ts";
import { ArtefactsRefused } from "./refused.ts";

/** A manifest names every bound that is constant. */
const largestBytes = 64 * 1024 * 1024;

/** One JSON file of the artefacts. */
export function readDocument(artefacts: Artefacts, file: string): { readonly value: unknown; readonly text: string } {
  const bytes = artefacts.get(file);
  if (bytes === undefined) throw new ArtefactsRefused(file, "is missing");
  const parsed = parseJson(bytes, { maxBytes: largestBytes });
  if (!parsed.ok) throw new ArtefactsRefused(file, `cannot be read: ${parsed.problems[0]?.message ?? "it is no JSON"}`);
  return { value: toValue(parsed.root), text: parsed.text };
}
