/** The parts that v0.1's envelopes and templates share: what is forbidden, what is checked, and what nobody has read. */
import { quote } from "../../diagnostics/quote.ts";
import { blank, type Json } from "../draft.ts";
import type { Source } from "../source.ts";

export const isName = (text: string) => /^[A-Za-z][A-Za-z0-9_]{0,63}$/.test(text) && !(text in Object.prototype);

export interface ForbiddenEntry {
  /** Of the forbidden action's name. */
  readonly effect: string;
  /** Of its reason, if its document has such a thing. */
  readonly reason?: string;
}

export function draftForbidden(entries: readonly ForbiddenEntry[], source: Source): readonly Json[] {
  const named = entries.map(({ effect, reason }, index): Json => {
    const to = `/forbidden/${index}`;
    const name = source.text(effect);
    if (name === undefined || !isName(name)) {
      const why = `the source forbids ${quote(source.written(effect))}, which is no name of an effect: name the effect, tool or tag`;
      source.left(effect, to, why);
      return blank(why);
    }
    source.carried(effect, `${to}/effect`, "as an effect: no tool is named");
    const text = reason === undefined ? undefined : source.text(reason);
    if (reason !== undefined && text !== undefined) source.carried(reason, `${to}/reason`);
    return { effect: name, ...(text === undefined ? {} : { reason: text }) };
  });
  const tools =
    "v0.1 forbids kinds of action and names no tool: add the tools that do them, each as an entry of its own, or leave this out";
  return named.length === 0 ? [] : [...named, blank(tools)];
}

export interface Check {
  /** Of the check's name. */
  readonly check: string;
  /** The id, where the document gives one. */
  readonly id?: string;
  readonly critical: Json;
}

export function draftPostconditions(
  checks: readonly Check[],
  registered: readonly string[],
  source: Source,
): readonly Json[] {
  return checks.map(({ check, id, critical }, index) => {
    const to = `/postconditions/${index}/check`;
    const name = source.text(check);
    if (name !== undefined && registered.includes(name)) source.carried(check, to);
    const why = `${quote(source.written(check))} is no registered check: register it (\`--registry\`), choose another, or leave this postcondition out`;
    const isKnown = name !== undefined && registered.includes(name);
    if (!isKnown) source.left(check, to, why);
    const ownId = id !== undefined && isName(id) ? id : `postcondition_${index + 1}`;
    return { id: ownId, check: isKnown ? name : blank(why), critical };
  });
}

/** Refuses what is a word, a number or a list of words, if it is there; anything with more to it may hold a limit, and is swept. */
export function refuseWords(pointer: string, why: string, source: Source): void {
  const isPlain = source.children(pointer).length === 0 || source.texts(pointer) !== undefined;
  if (source.has(pointer) && isPlain) source.refused(pointer, why);
}

/** Where a list without elements is nothing to carry over. Elsewhere it may stand for nothing, or for anything. */
const optionalLists: ReadonlySet<string> = new Set([
  "/forbidden",
  "/postconditions",
  "/circuit_breaker/triggers",
  "/forbidden_baseline",
  "/required_circuit_breakers",
  "/required_postconditions",
]);

/** Rows for all that no importer has looked at, which may be a limit: a blank keeps the draft from compiling without it. */
export function sweep(source: Source): readonly string[] {
  return source.unread().flatMap((pointer) => {
    const isList = source.texts(pointer) !== undefined;
    if (source.isEmpty(pointer) && (!isList || optionalLists.has(pointer))) {
      source.refused(pointer, "it says nothing");
      return [];
    }
    const why = `the source has ${quote(pointer)}: ${quote(source.written(pointer))}, which v0.1 does not define; if it limits anything, write the bound`;
    source.left(pointer, "", why);
    return [why];
  });
}
