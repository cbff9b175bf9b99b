/** Envelope text in; every problem of it, and the envelope if none is an error, out: parse, schema, rules (SPEC §2, §13). */
import type { Diagnostic } from "../../schema/diagnostic.ts";
import type { Envelope } from "../../schema/envelope.ts";
import { codePointCompare } from "../../schema/json/canonical.ts";
import { parseJson } from "../../schema/json/parse.ts";
import { baseRegistry, type Registry } from "../../schema/registry.ts";
import { createDocument, type Document } from "./document.ts";
import { findingsOf } from "./findings.ts";
import { lineStarts, positionIn } from "./lines.ts";
import { type SyntaxFinding, syntaxFindings } from "./syntax.ts";
import { withoutDuplicates } from "./tree.ts";

export interface ReadOptions {
  /** What may be named beside the envelope's own names; what is registered from the start if not given. */
  readonly registry?: Registry;
}

export interface Reading {
  /** All problems, by position, then code. */
  readonly diagnostics: readonly Diagnostic[];
  /** Only if no diagnostic is an error. */
  readonly envelope?: Envelope;
  /** Only if the text is JSON. */
  readonly document?: Document;
}

/**
 * Reads an envelope document.
 *
 * @param source JSON, UTF-8 if bytes, at most 1 MiB
 */
export function readEnvelope(source: Uint8Array | string, options: ReadOptions = {}): Reading {
  const parsed = parseJson(source);
  const { text } = parsed;
  const starts = lineStarts(text);
  const syntax = parsed.ok ? [] : syntaxFindings(text, parsed.problems, parsed.root);
  const located: SyntaxFinding[] = [...syntax];
  if (parsed.root === undefined) return { diagnostics: diagnosticsOf(located, starts) };

  const document = createDocument(text, parsed.ok ? parsed.root : withoutDuplicates(parsed.root));
  const { findings, envelope } = findingsOf(document, options.registry ?? baseRegistry);
  for (const finding of findings) located.push({ finding, offset: document.offset(finding.pointer, finding.at) });
  const diagnostics = diagnosticsOf(located, starts);
  const failed = envelope === undefined || diagnostics.some(({ severity }) => severity === "error");
  return failed ? { diagnostics, document } : { diagnostics, document, envelope };
}

export function diagnosticsOf(located: readonly SyntaxFinding[], starts: readonly number[]): readonly Diagnostic[] {
  return located
    .toSorted((a, b) => a.offset - b.offset || codePointCompare(a.finding.code, b.finding.code))
    .map(({ finding: { at: _, ...finding }, offset }) => ({ ...finding, ...positionIn(starts, offset) }));
}
