import { hasHidden } from "./characters.ts";
import { accept, type Parsed, refuse } from "./parsed.ts";

export interface StringRules {
  /** The most code points. */
  readonly maxLength?: number | undefined;
  /** Admit line breaks (LF, CR) and tabs. */
  readonly multiline?: boolean | undefined;
}

/** A string, exactly as it is. Refuses Cc, Cf, U+2028, U+2029 and unpaired surrogates (SPEC §4). */
export function checkString(text: string, rules: StringRules = {}): Parsed<string> {
  if (!text.isWellFormed()) return refuse("a string without unpaired surrogates");
  if (hasHidden(text, rules.multiline === true)) {
    return refuse(
      rules.multiline === true
        ? "a string without control and format characters other than line breaks and tabs"
        : "a string without control and format characters",
    );
  }
  if (rules.maxLength !== undefined && exceeds(text, rules.maxLength)) {
    return refuse(`a string of at most ${rules.maxLength} characters`);
  }
  return accept(text);
}

/** The number of code points of a text. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}

function exceeds(text: string, maxLength: number): boolean {
  return text.length > maxLength && lengthOf(text) > maxLength;
}
