import { escapeToken, parsePointer } from "../../schema/json/pointer.ts";
import { catalogue } from "../diagnostics/catalogue.ts";
import type { Finding } from "../diagnostics/report.ts";
import type { Document } from "./document.ts";
import { wholeOf } from "./whole.ts";

/**
 * Whether what a rule found is a consequence of something that was taken out of the document, and already reported: one cause, one
 * diagnostic. Pointers are those of the source.
 */
export function isConsequence(
  finding: Finding,
  removed: ReadonlySet<string>,
  mistyped: ReadonlySet<string>,
  source: Document,
): boolean {
  if (isInside(finding.pointer, mistyped) || missesJudgement(finding, mistyped)) return true;
  if (removed.size === 0) return false;
  return (
    isInside(finding.pointer, removed) ||
    namesRemoved(finding, removed, source) ||
    claimsAbsence(finding, removed) ||
    missesJudgement(finding, removed)
  );
}

/** What has a value of a wrong type, even where it was plain what was meant, as a whole: a list that was to be may have had more in it. */
export function mistypedParts(findings: readonly Finding[]): ReadonlySet<string> {
  const pointers = findings.flatMap(({ code, pointer }) => (code === "type/wrong_type" ? [pointer] : []));
  return new Set(pointers.map((pointer) => schedules.exec(pointer)?.[0] ?? wholeOf(pointer)));
}

const schedules = /^\/effects\/[^/]+\/schedule/;

/** Names that a misspelt reference was meant to be: they are not unused, only misspelt elsewhere. */
export function meantNames(findings: readonly Finding[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { code, suggestion = [] } of findings) {
    if (!code.startsWith("ref/")) continue;
    for (const operation of suggestion) {
      if (operation.op === "move") names.add(parsePointer(operation.path).at(-1) ?? "");
      else if (operation.op === "replace" && typeof operation.value === "string") names.add(operation.value);
    }
  }
  return names;
}

/** Whether a finding says that a name is used, or granted, nowhere, which is only misspelt where it is. */
export function isMisspeltElsewhere(
  { code, pointer }: Finding,
  meant: ReadonlySet<string>,
  document: Pick<Document, "nodeAt">,
): boolean {
  const tokens = parsePointer(pointer);
  if (catalogue[code].absence === true) return meant.has(tokens.at(-1) ?? "");
  if (code !== "fires/never_fires" || tokens[2] !== "requires") return false;
  const flag = document.nodeAt(pointer);
  return flag?.kind === "string" && meant.has(flag.value);
}

/** Whether a meter's name is wrong where it is fed as it is wrong, and reported, where it is declared. */
export function namesMisnamedMeter({ code, pointer }: Finding, removed: ReadonlySet<string>): boolean {
  const [, , section, meter = ""] = parsePointer(pointer);
  return code === "name/invalid" && section === "consumes" && removed.has(`/budgets/${escapeToken(meter)}`);
}

function isInside(pointer: string, removed: ReadonlySet<string>): boolean {
  for (let end = pointer.length; end > 0; end = pointer.lastIndexOf("/", end - 1)) {
    if (removed.has(pointer.slice(0, end))) return true;
  }
  return false;
}

const declarations = /^\/(?:sets|budgets|effects|effects\/[^/]+\/(?:fields|results))(?:\/([^/]+))?$/;

/** A `ref/…` about a name that was declared, but not so that it could be read. */
function namesRemoved(finding: Finding, removed: ReadonlySet<string>, source: Document): boolean {
  if (!finding.code.startsWith("ref/")) return false;
  const node = source.nodeAt(finding.pointer);
  const texts = [parsePointer(finding.pointer).at(-1) ?? "", ...(node?.kind === "string" ? [node.value] : [])];
  const words = texts.flatMap((text) => [text, ...text.split(/[./]/)]).map(escapeToken);
  for (const pointer of removed) {
    const match = declarations.exec(pointer);
    if (match !== null && (match[1] === undefined || words.includes(match[1]))) return true;
  }
  return false;
}

function claimsAbsence({ code, pointer }: Finding, removed: ReadonlySet<string>): boolean {
  if (code !== "key/exactly_one" && catalogue[code].absence !== true) return false;
  const scope = code === "key/exactly_one" ? pointer : (/^\/effects\/[^/]+/.exec(pointer)?.[0] ?? "");
  for (const other of removed) if (other === scope || other.startsWith(`${scope}/`)) return true;
  return false;
}

/** A field without bound in an effect whose bounds could not all be read; a velocity that `defaults` was to give; a flag of a broken list. */
function missesJudgement({ code, pointer }: Finding, removed: ReadonlySet<string>): boolean {
  const [, effect = "", section, name = ""] = parsePointer(pointer);
  if (code === "fires/never_fires" && section === "requires") return hasBelow("/capabilities", removed);
  if (code !== "sheet/unbounded") return false;
  if (section === "velocity") return hasBelow("/defaults", removed);
  const owner = `/effects/${escapeToken(effect)}`;
  if (section === "unjudged") return hasBelow(`${owner}/fields`, removed) || removed.has(`${owner}/external`);
  if (section !== "fields") return false;
  if (hasBelow(`${owner}/rows`, removed) || removed.has(`${owner}/allow`) || removed.has(`${owner}/perCall`))
    return true;
  if (name === "") return hasBelow(`${owner}/fields`, removed);
  for (const other of removed) {
    for (const bounds of ["allow", "perCall"]) {
      const bound = `${owner}/${bounds}/${escapeToken(name)}`;
      if (other === bound || other.startsWith(`${bound}/`) || other.startsWith(`${bound}.`)) return true;
    }
  }
  return false;
}

function hasBelow(pointer: string, removed: ReadonlySet<string>): boolean {
  for (const other of removed) if (other === pointer || other.startsWith(`${pointer}/`)) return true;
  return false;
}
