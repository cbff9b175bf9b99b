/** A foreign document → a draft envelope, and what became of each of its lines (SPEC §12). Never guesses. */
import type { Diagnostic } from "../../schema/diagnostic.ts";
import { baseRegistry } from "../../schema/registry.ts";
import { type ReadOptions, readEnvelope } from "../read/read.ts";
import { type BlankInDraft, blanksOf, draftText, type JsonObject } from "./draft.ts";
import { draftFromEnvelope } from "./execution-envelope/envelope.ts";
import { draftFromTemplate } from "./execution-envelope/template.ts";
import { type ForeignKind, recognise } from "./recognise.ts";
import { openSource, type Row, type Source } from "./source.ts";

export type Import =
  | {
      readonly ok: true;
      readonly kind: ForeignKind;
      /** The text of the draft: JSON that `ambit check` refuses until its blanks are filled in. */
      readonly draft: string;
      /** At least one for every value of the source, by position. */
      readonly rows: readonly Row[];
      readonly blanks: readonly BlankInDraft[];
    }
  | { readonly ok: false; readonly problems: readonly Refusal[] };

export type Refusal = Pick<Diagnostic, "pointer" | "line" | "column" | "message">;

export interface DraftContext {
  readonly source: Source;
  /** Names of checks that may be carried over. */
  readonly checks: readonly string[];
}

const importers: Readonly<Record<ForeignKind, (context: DraftContext) => JsonObject>> = {
  envelope: draftFromEnvelope,
  template: draftFromTemplate,
};

/** @param bytes an `ai-execution-envelope` v0.1 document: strict JSON, UTF-8, at most 1 MiB */
export function importDocument(bytes: Uint8Array, { registry = baseRegistry }: ReadOptions = {}): Import {
  const { diagnostics, document } = readEnvelope(bytes);
  const broken = diagnostics.filter(({ code }) => code.startsWith("json/"));
  if (document === undefined || broken.length > 0) return { ok: false, problems: broken };
  const recognised = recognise(document);
  if (!recognised.ok) return { ok: false, problems: [recognised.refusal] };
  const source = openSource(document);
  const draft = importers[recognised.kind]({ source, checks: registry.checks });
  return { ok: true, kind: recognised.kind, draft: draftText(draft), rows: source.rows(), blanks: blanksOf(draft) };
}
