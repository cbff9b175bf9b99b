/** A comment line that names a bound. Ids are text of the envelope: what could end the line, or hide, is escaped. */
export function comment(id: string): string {
  const visible = id.replace(/[\p{C}\p{Z}]/gu, (character) =>
    character === " " ? character : `\\u{${character.codePointAt(0)!.toString(16)}}`,
  );
  return `// ${visible}\n`;
}
