/** Every target, by name: what one compilation writes. */
import { artefactFiles } from "../../schema/artefacts.ts";
import { pointerOf } from "../../schema/bound-pointer.ts";
import { emitCedar } from "./cedar/emit.ts";
import { emitBundle } from "./rego/emit.ts";
import { renderSheet } from "./sheet/sheet.ts";
import type { Target } from "./target.ts";

export const targets: Readonly<Record<string, Target>> = {
  source: ({ source }) => ({ files: new Map([[artefactFiles.source, source]]) }),
  cedar: ({ normalised, envelope }) => emitCedar(normalised, (id) => pointerOf(id, envelope)),
  rego: ({ normalised }) => ({ files: emitBundle([normalised]) }),
  sheet: ({ envelope, normalised }) => ({
    files: new Map([[artefactFiles.sheet, renderSheet(envelope, normalised.digest)]]),
  }),
};
