import type { Diagnostic, PatchOperation } from "../../schema/diagnostic.ts";
import { parsePointer } from "../../schema/json/pointer.ts";
import { catalogue, isCode } from "../diagnostics/catalogue.ts";
import { isMisspelling } from "./lexicon.ts";
import type { Reading, ReadOptions } from "./read.ts";
import { readEither, type TemplateReading } from "./template.ts";
import { applyEdits, type TextEdit, textEditOf, wrapping } from "./text-edit.ts";
import { indexTree, type TreeIndex } from "./tree.ts";

export interface Fixed {
  /** The source, its safe suggestions applied; everything else as it was written. */
  readonly text: string;
  /** What was mended, in order. */
  readonly applied: readonly Diagnostic[];
  /** What is still to say about the text. */
  readonly reading: Reading | TemplateReading;
}

/** One mend may uncover the next. */
const mostRounds = 20;

/** Applies the suggestions that need no judgement, until none is left. A text that is no JSON comes back as it is. */
export function applyFixes(source: string, options: ReadOptions = {}): Fixed {
  const applied: Diagnostic[] = [];
  let text = source;
  let reading = readEither(text, options);
  for (let round = 0; round < mostRounds && reading.document !== undefined; round++) {
    const index = indexTree(reading.document.root);
    const fixes = reading.diagnostics.flatMap((diagnostic) => {
      const edits = editsFor(diagnostic, index);
      return edits === undefined ? [] : [{ diagnostic, edits }];
    });
    const result = applyEdits(
      text,
      fixes.map(({ edits }) => edits),
    );
    if (result.text === text) break;
    text = result.text;
    applied.push(...result.made.flatMap((i) => fixes[i]?.diagnostic ?? []));
    reading = readEither(text, options);
  }
  return { text, applied, reading };
}

/** All edits of a safe suggestion; undefined where there is none, or one of them cannot be made. */
function editsFor({ code, suggestion }: Diagnostic, index: TreeIndex): readonly TextEdit[] | undefined {
  if (suggestion === undefined || !isCode(code) || catalogue[code].fix !== "safe") return undefined;
  if (catalogue[code].guess && !suggestion.every((operation) => isPlain(operation, index))) return undefined;
  const edits: TextEdit[] = [];
  for (const operation of suggestion) {
    const wrapped = wrapping(operation, index);
    const edit = wrapped === undefined ? textEditOf(operation, index) : undefined;
    if (edit === undefined && wrapped === undefined) return undefined;
    edits.push(...(wrapped ?? []), ...(edit === undefined ? [] : [edit]));
  }
  return edits;
}

/** Whether a word is put for another one that it is a plain misspelling of. */
function isPlain(operation: PatchOperation, index: TreeIndex): boolean {
  switch (operation.op) {
    case "move":
      return isMisspelling(lastOf(operation.from), lastOf(operation.path));
    case "replace": {
      const node = index.get(operation.path)?.node;
      return node?.kind !== "string" || isMisspelling(node.value, String(operation.value));
    }
    default:
      return false;
  }
}

function lastOf(pointer: string): string {
  return parsePointer(pointer).at(-1) ?? "";
}
