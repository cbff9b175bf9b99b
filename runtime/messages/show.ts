/** Values as they may stand in a message: on one line, nothing invisible, at most 80 characters. */
import { ownMember } from "../own.ts";

const longest = 80;

/** Controls, formats, separators and everything unassigned: what prints as nothing or turns the reading direction. */
const unseen = /[\p{C}\p{Zl}\p{Zp}\u00a0\u2000-\u200a\u202f\u205f\u3000]/u;

/** Text of the agent or the envelope, between backticks. */
export function quote(text: string): string {
  let shown = "";
  let count = 0;
  for (const character of text) {
    if (count === longest) return `\`${shown}…\``;
    shown += shownAs(character);
    count += 1;
  }
  return `\`${shown}\``;
}

/** Several of them; after six, only how many more there are. */
export function quoteList(texts: readonly (string | number | boolean)[]): string {
  const shown = texts.slice(0, 6).map((text) => quote(String(text)));
  return texts.length > 6 ? `${shown.join(", ")} and ${texts.length - 6} more` : shown.join(", ");
}

/** Anything that a request may hold. */
export function show(value: unknown): string {
  if (value === undefined) return "missing";
  if (typeof value === "string") return quote(value);
  if (typeof value !== "object" || value === null) return String(value);
  const name = ownMember(value, "value");
  if (typeof name === "string") return quote(name);
  const items = ownMember(value, "items");
  if (Array.isArray(items)) return items.length === 0 ? "empty" : quoteList(items.map(String));
  const [min, max] = [ownMember(value, "min"), ownMember(value, "max")];
  if (min !== undefined && max !== undefined) return `${show(min)} to ${show(max)}`;
  return quote(JSON.stringify(value) ?? "unreadable");
}

function shownAs(character: string): string {
  if (character === "`") return "\\`";
  return unseen.test(character) ? `\\u{${character.codePointAt(0)!.toString(16)}}` : character;
}
