import tr46 from "tr46";

// Cc, Cf and the line and paragraph separators of Unicode 17, written out so that every machine refuses the same characters
// whatever its own Unicode version.
const hidden =
  /[\u{0}-\u{1f}\u{7f}-\u{9f}\u{ad}\u{600}-\u{605}\u{61c}\u{6dd}\u{70f}\u{890}\u{891}\u{8e2}\u{180e}\u{200b}-\u{200f}\u{2028}-\u{202e}\u{2060}-\u{2064}\u{2066}-\u{206f}\u{feff}\u{fff9}-\u{fffb}\u{110bd}\u{110cd}\u{13430}-\u{1343f}\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0001}\u{e0020}-\u{e007f}]/u;
const hiddenButLines = new RegExp(
  hidden.source.replace("\\u{0}-\\u{1f}", "\\u{0}-\\u{8}\\u{b}\\u{c}\\u{e}-\\u{1f}"),
  "u",
);
const ascii = /^[\u0000-\u007f]*$/;

/** Whether the text holds a control or format character, or a line or paragraph separator; `lines` admits LF, CR and tab. */
export function hasHidden(text: string, lines = false): boolean {
  return (lines ? hiddenButLines : hidden).test(text);
}

export function isAscii(text: string): boolean {
  return ascii.test(text);
}

/** Whether the text holds a character outside ASCII that some reader folds to ASCII: fullwidth letters, `ﬁ`, `．`, `…`, the Kelvin sign. */
export function mapsToAscii(text: string): boolean {
  if (isAscii(text)) return false;
  for (const character of new Set(text)) {
    if (
      !isAscii(character) &&
      (holdsAscii(tr46.toUnicode(character).domain) || holdsAscii(character.normalize("NFKC")))
    ) {
      return true;
    }
  }
  return false;
}

/** Whether the text holds a character that UTS 46 drops, so that the name without it would be read as the same. */
export function vanishesInNames(text: string): boolean {
  if (isAscii(text)) return false;
  for (const character of new Set(text)) if (tr46.toUnicode(character).domain === "") return true;
  return false;
}

function holdsAscii(text: string): boolean {
  return /[\u0000-\u007f]/.test(text);
}
