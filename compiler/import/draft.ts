/** What a draft is made of: plain JSON, with blanks where a person has to say something (see `read/blanks.ts`). */
import { codePointCompare } from "../../schema/json/canonical.ts";
import { escapeToken } from "../../schema/json/pointer.ts";
import { blankMember } from "../read/blanks.ts";

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

export type JsonObject = { readonly [name: string]: Json };

/** A blank in the place of a value. */
export function blank(reason: string): JsonObject {
  return { [blankMember]: reason };
}

/** An object that lacks members, for as many reasons as there are; as it is where there are none. */
export function lacking(reasons: readonly string[]): JsonObject {
  return reasons.length === 0 ? {} : blank(reasons.join("; "));
}

export interface BlankInDraft {
  /** Where in the draft: the value, or the object that lacks members. */
  readonly pointer: string;
  readonly reason: string;
}

/** Every blank of a draft, in the order in which they stand. */
export function blanksOf(draft: Json, pointer = ""): readonly BlankInDraft[] {
  if (Array.isArray(draft)) return draft.flatMap((element, index) => blanksOf(element, `${pointer}/${index}`));
  if (typeof draft !== "object" || draft === null) return [];
  return Object.entries(draft).flatMap(([name, member]) =>
    name === blankMember ? [{ pointer, reason: String(member) }] : blanksOf(member, `${pointer}/${escapeToken(name)}`),
  );
}

export function draftText(draft: Json): string {
  return `${JSON.stringify(draft, null, 2)}\n`;
}

/** Several values under their names, sorted; none at all where there is none. */
export function memberOf(name: string, members: JsonObject): JsonObject {
  const entries = Object.entries(members).sort(([a], [b]) => codePointCompare(a, b));
  return entries.length === 0 ? {} : { [name]: Object.fromEntries(entries) };
}
