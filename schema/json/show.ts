const shownLength = 80;

// Cc and Cf, line and paragraph separators, blanks that are not the space, variation selectors, lone surrogates: nothing of it
// may hide in a message or move its text about.
const invisible =
  /\u034f|[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u00a0\u115f\u1160\u1680\u17b4\u17b5\u180e\u2000-\u200a\u202f\u205f\u2800\u3000\u3164\uffa0]|\p{Variation_Selector}|[\u{e0000}-\u{e0fff}]/gu;

/** `text` for a message: invisible characters as `\u{…}`, cut at 80 characters. */
export function showText(text: string): string {
  const points = Array.from(text.slice(0, 2 * shownLength + 2));
  const cut = points.length > shownLength;
  const shown = points.slice(0, shownLength).join("").replace(invisible, escapeCharacter);
  return cut ? `${shown}…` : shown;
}

function escapeCharacter(character: string): string {
  if (character === "\n") return "\\n";
  if (character === "\r") return "\\r";
  if (character === "\t") return "\\t";
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
