/** What a foreign document is. One that is not known by its own words is refused: nothing is read on the chance that it fits. */
import { quote } from "../diagnostics/quote.ts";
import type { Document } from "../read/document.ts";
import type { Refusal } from "./import.ts";

/** Of `ai-execution-envelope` v0.1. */
export type ForeignKind = "envelope" | "template";

export type Recognised =
  | { readonly ok: true; readonly kind: ForeignKind }
  | { readonly ok: false; readonly refusal: Refusal };

const known = "0.1.0";

export function recognise(document: Document): Recognised {
  const { root, nodeAt } = document;
  const refuse = (pointer: string, message: string): Recognised => ({
    ok: false,
    refusal: { pointer, ...document.position(pointer), message },
  });
  if (root.kind !== "object") return refuse("", "an `ai-execution-envelope` document is an object");
  if (nodeAt("/ambit") !== undefined)
    return refuse("/ambit", "this is an Ambit envelope already: see what it lacks with `ambit check`");
  const isTemplate =
    nodeAt("/_template_id")?.kind === "string" && nodeAt("/allowed_capability_types")?.kind === "array";
  if (isTemplate) return { ok: true, kind: "template" };
  const version = nodeAt("/version");
  if (nodeAt("/envelope_id") === undefined || nodeAt("/capabilities") === undefined)
    return refuse(
      "",
      "this is no `ai-execution-envelope` document: an envelope has `envelope_id` and `capabilities`, a template `_template_id` and `allowed_capability_types`",
    );
  if (version?.kind !== "string")
    return refuse("/version", `\`version\` is missing or no text; ${quote(known)} is the version that can be imported`);
  if (version.value !== known)
    return refuse("/version", `version ${quote(version.value)} is not known; ${quote(known)} can be imported`);
  return { ok: true, kind: "envelope" };
}
