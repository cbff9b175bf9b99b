/** A note for a comment: what could end the comment or its line, or hide, is escaped. */
export function visible(note: string): string {
  return note
    .replace(/[^\x20-\x7e]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`)
    .replaceAll("*/", "*\\/");
}
