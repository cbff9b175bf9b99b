/** References to nothing: what was meant, and the fix. */
import type { PatchOperation } from "../../schema/diagnostic.ts";
import { closest } from "../diagnostics/suggest.ts";
import { fieldOf, operandNames } from "../operands.ts";
import { below, type EffectSite, type RuleContext } from "./rule.ts";

interface Meant {
  readonly meant?: string;
}

/** Among more candidates nothing is guessed: comparing each with each would take minutes. */
const mostCandidates = 1000;

/** The name that a misspelt one most likely stands for, as it goes into a message. */
export function meantAmong(name: string, candidates: Iterable<string>): Meant {
  const meant = closest(name, Array.from(candidates).slice(0, mostCandidates));
  return meant === undefined ? {} : { meant };
}

/** A misspelt value is replaced. */
export function replacement(pointer: string, { meant }: Meant): { readonly suggestion?: readonly PatchOperation[] } {
  return meant === undefined ? {} : { suggestion: [{ op: "replace", path: pointer, value: meant }] };
}

/** A misspelt key is renamed, unless the right one is there as well. */
export function renaming({ document }: RuleContext, pointer: string, { meant }: Meant) {
  if (meant === undefined) return {};
  const path = below(pointer.slice(0, pointer.lastIndexOf("/")), meant);
  return document.nodeAt(path) === undefined ? { suggestion: [{ op: "move" as const, from: pointer, path }] } : {};
}

/** A name in a bound that is no field of the effect; `at` says whether it is written as a value or as a key. */
export function reportUnknownField(
  context: RuleContext,
  { name: effect, effect: { fields } }: EffectSite,
  name: string,
  pointer: string,
  at: "value" | "key",
): void {
  const meant = meantAmong(name, [...operandNames(fields), ...Object.keys(fields)]);
  const fix = at === "key" ? renaming(context, pointer, meant) : replacement(pointer, meant);
  context.report("ref/unknown_field", pointer, { name, effect, ...meant }, { at, ...fix });
}

export function reportUnknownEffect(
  { report }: RuleContext,
  { envelope }: Pick<EffectSite, "envelope">,
  name: string,
  pointer: string,
): void {
  const meant = meantAmong(name, Object.keys(envelope.effects));
  report("ref/unknown_effect", pointer, { name, ...meant }, replacement(pointer, meant));
}

/** Whether the name is that of a whole url, which bounds name by its parts. */
export function isWholeUrl({ effect }: EffectSite, name: string): boolean {
  return fieldOf(effect.fields, name)?.type === "url";
}
