/** Every target, by name: what one compilation writes, and what it writes besides when asked to. */
import { artefactFiles } from "../../schema/artefacts.ts";
import { pointerOf } from "../../schema/bound-pointer.ts";
import { emitAvp } from "./avp/emit.ts";
import { emitCedar } from "./cedar/emit.ts";
import { emitCedarJson } from "./cedar-json/emit.ts";
import { emitBundle } from "./rego/emit.ts";
import { renderSheet } from "./sheet/sheet.ts";
import type { Target } from "./target.ts";
import { renderTypes } from "./types/types.ts";
import { emitVectors } from "./vectors/emit.ts";

export const targets: Readonly<Record<string, Target>> = {
  source: ({ source }) => ({ files: new Map([[artefactFiles.source, source]]) }),
  cedar: ({ normalised, envelope }) => emitCedar(normalised, (id) => pointerOf(id, envelope)),
  rego: ({ normalised }) => ({ files: emitBundle([normalised]) }),
  sheet: ({ envelope, normalised }) => ({
    files: new Map([[artefactFiles.sheet, renderSheet(envelope, normalised.digest)]]),
  }),
  types: ({ envelope, normalised }) => ({
    files: new Map([[artefactFiles.types, renderTypes(envelope, normalised)]]),
  }),
  vectors: emitVectors,
};

/** Written only when named: forms of the same policies for one product. */
export const targetsOnDemand = {
  avp: ({ normalised, envelope }) => emitAvp(normalised, (id) => pointerOf(id, envelope)),
  "cedar-json": ({ normalised, envelope }) => emitCedarJson(normalised, (id) => pointerOf(id, envelope)),
} satisfies Readonly<Record<string, Target>>;

export type TargetOnDemand = keyof typeof targetsOnDemand;
