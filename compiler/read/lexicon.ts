/** The words of the language: one of them in the wrong place is no misspelling of another. */
import envelopeSchema from "../../schema/envelope.schema.json" with { type: "json" };
import templateSchema from "../../schema/template.schema.json" with { type: "json" };
import { isOpposed } from "../diagnostics/opposed.ts";
import { closest, editsFrom, isSpeltAlike } from "../diagnostics/suggest.ts";

const words: ReadonlySet<string> = new Set([...wordsIn(envelopeSchema), ...wordsIn(templateSchema)]);

/** The members and the values that a schema names, at any depth. */
function* wordsIn(schema: unknown): Generator<string> {
  if (typeof schema !== "object" || schema === null) return;
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === "properties") yield* Object.keys(value);
    if (keyword === "enum" || keyword === "const") yield* [value].flat().filter((each) => typeof each === "string");
    yield* wordsIn(value);
  }
}

/** The word of the language that a misspelt one stands for; undefined where none is near, and for what is a word of its own. */
export function closestWord(text: string, admitted: Iterable<string>): string | undefined {
  const meant = closest(text, admitted);
  return meant === undefined || isOtherWord(text, meant) ? undefined : meant;
}

/** Whether one text can be put for the other without asking: a slip of the hand, no other word, and near no other one. */
export function isMisspelling(text: string, word: string): boolean {
  if (isOtherWord(text, word)) return false;
  if (isSpeltAlike(text, word)) return true;
  const isNearOther = (other: string) => other !== word && !isPlural(other, word) && editsFrom(text, other) <= 2;
  return editsFrom(text, word) <= 1 && !isOpposed(text, word) && ![...words].some(isNearOther);
}

export function isOtherWord(text: string, word: string): boolean {
  return words.has(text) && !isPlural(text, word);
}

/** `tool` and `tools` are one word. */
function isPlural(text: string, word: string): boolean {
  return `${text}s` === word || text === `${word}s`;
}
