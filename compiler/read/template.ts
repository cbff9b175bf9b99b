/** Template text in; every problem of it, and the template if none is an error, out (SPEC §11): an envelope's parts are read as those of one. */
import type { Diagnostic } from "../../schema/diagnostic.ts";
import { type JsonMember, type JsonNode, parseJson } from "../../schema/json/parse.ts";
import { baseRegistry } from "../../schema/registry.ts";
import type { Template } from "../../schema/template.ts";
import { collect, type Finding } from "../diagnostics/report.ts";
import { closest } from "../diagnostics/suggest.ts";
import { templateRules } from "../rules/template/index.ts";
import { createDocument, type Document, parentOf } from "./document.ts";
import { findingsOf } from "./findings.ts";
import { lineStarts } from "./lines.ts";
import { checkNumerals } from "./numbers.ts";
import type { Problem } from "./problem.ts";
import { diagnosticsOf, type Reading, type ReadOptions, readEnvelope } from "./read.ts";
import { judgedValue } from "./refused-numbers.ts";
import { standInFor } from "./stand-ins.ts";
import { type SyntaxFinding, syntaxFindings } from "./syntax.ts";
import { envelopeMembers, foreignMembers, isTemplate, openMembers, ownErrors, ownMembers } from "./template-schema.ts";
import { problemsOf } from "./translate.ts";
import { indexTree, withoutDuplicates } from "./tree.ts";

export interface TemplateReading {
  /** All problems, by position, then code. */
  readonly diagnostics: readonly Diagnostic[];
  /** Only if no diagnostic is an error. */
  readonly template?: Template;
  /** Only if the text is JSON. */
  readonly document?: Document;
}

/**
 * Reads a template document.
 *
 * @param source JSON, UTF-8 if bytes, at most 1 MiB
 */
export function readTemplate(source: Uint8Array | string, options: ReadOptions = {}): TemplateReading {
  const parsed = parseJson(source);
  const { text } = parsed;
  const starts = lineStarts(text);
  const located: SyntaxFinding[] = parsed.ok ? [] : [...syntaxFindings(text, parsed.problems, parsed.root)];
  if (parsed.root === undefined) return { diagnostics: diagnosticsOf(located, starts) };
  const root = parsed.ok ? parsed.root : withoutDuplicates(parsed.root);
  const document = createDocument(text, root);
  for (const finding of findingsIn(document, options))
    located.push({ finding, offset: document.offset(finding.pointer, finding.at) });
  const diagnostics = diagnosticsOf(located, starts);
  const failed = diagnostics.some(({ severity }) => severity === "error");
  return failed || !isTemplate(document.value)
    ? { diagnostics, document }
    : { diagnostics, document, template: document.value };
}

/** Reads a document as what it says it is: a template by its `kind`, an envelope otherwise. */
export function readEither(source: Uint8Array | string, options: ReadOptions = {}): Reading | TemplateReading {
  return isSaidTemplate(source) ? readTemplate(source, options) : readEnvelope(source, options);
}

export function isSaidTemplate(source: Uint8Array | string): boolean {
  const { root } = parseJson(source);
  if (root?.kind !== "object") return false;
  return root.members.some(
    ({ name, value }) => name === "kind" && value.kind === "string" && value.value === "template",
  );
}

function findingsIn(document: Document, { registry = baseRegistry }: ReadOptions): readonly Finding[] {
  const { root } = document;
  if (root.kind !== "object") return findingsOf(document, registry).findings;
  const isOwn = ({ name }: JsonMember) => ownMembers.includes(name) || isMisspelt(name, root.members);
  const shape = withMembers(root, [...root.members.filter((member) => !isOwn(member)), ...standIns(root)]);
  const own = withMembers(root, root.members.filter(isOwn));
  // With the catalogue at hand, `forbidden` is checked below; the flags of a template are those that an envelope may grant.
  const asEnvelope = findingsOf(createDocument(document.text, shape), registry).findings.filter(
    ({ code, pointer }) =>
      code !== "ref/catalogue_unchecked" && !(code === "fires/two_keys" && pointer.startsWith("/capabilities")),
  );
  const problems = problemsOf(own, indexTree(own), ownErrors);
  const ownFindings = problems.filter((problem) => !isMeant(problem, problems)).map(({ finding }) => finding);
  const { report, findings } = collect();
  for (const { name } of root.members.filter(({ name }) => foreignMembers.includes(name)))
    report("key/not_applicable", `/${name}`, { name, reason: "a template has none" }, { at: "key" });
  const judged = judgedValue(document.root);
  if (isTemplate(judged)) for (const rule of templateRules) rule(judged, { report, registry, document });
  const said = new Set([...ownFindings, ...findings].map(({ pointer }) => pointer));
  checkNumerals(own, report, (pointer) => said.has(pointer));
  return [...asEnvelope, ...ownFindings, ...findings];
}

/** Whether a member that nobody knows was meant to be one that only templates have. */
function isMisspelt(name: string, members: readonly JsonMember[]): boolean {
  const missing = ownMembers.filter((own) => !members.some((member) => member.name === own));
  return !envelopeMembers.includes(name) && closest(name, missing) !== undefined;
}

/** Whether what is missing is there, under a misspelt name. */
function isMeant({ finding: { pointer }, repair: { do: required } }: Problem, problems: readonly Problem[]): boolean {
  return (
    required === "require" &&
    problems.some(({ repair }) => repair.do === "rename" && `${parentOf(repair.pointer)}/${repair.to}` === pointer)
  );
}

function withMembers(root: JsonNode & { kind: "object" }, members: readonly JsonMember[]): JsonNode {
  return { ...root, members: [...members] };
}

/** What a template leaves open is as harmless as can be. */
function standIns(root: JsonNode & { kind: "object" }): readonly JsonMember[] {
  const index = indexTree(root);
  return openMembers
    .filter((name) => !root.members.some((member) => member.name === name))
    .flatMap((name) => {
      const value = standInFor("", name, index);
      return value === undefined ? [] : [{ name, nameStart: -1, nameEnd: -1, value }];
    });
}
