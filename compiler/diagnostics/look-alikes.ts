/**
 * Letters that look like an ASCII character in common fonts, by that character: the Cyrillic, Greek, Armenian and Latin ones among
 * Unicode's confusables (UTS #39). Full-width and mathematical letters need no entry: compatibility normalisation folds them.
 */
const groups: readonly (readonly [ascii: string, alike: string])[] = [
  ["a", "аɑαạ"],
  ["b", "ЬƄ"],
  ["c", "сϲⅽ"],
  ["d", "ԁⅾ"],
  ["e", "еẹҽ"],
  ["g", "ɡց"],
  ["h", "һհ"],
  ["i", "іɩιıⅰ"],
  ["j", "јϳ"],
  ["k", "κк"],
  ["l", "ӏⅼǀ"],
  ["m", "мⅿ"],
  ["n", "ոп"],
  ["o", "оοօσ"],
  ["p", "рρ"],
  ["q", "ԛզ"],
  ["r", "гⲅ"],
  ["s", "ѕʂ"],
  ["t", "τт"],
  ["u", "υսʋ"],
  ["v", "νѵⅴ"],
  ["w", "ԝա"],
  ["x", "хⅹ"],
  ["y", "уγү"],
  ["z", "ᴢ"],
  ["A", "АΑ"],
  ["B", "ВΒ"],
  ["C", "СϹⅭ"],
  ["E", "ЕΕ"],
  ["H", "НΗ"],
  ["I", "ІΙӀ"],
  ["J", "Ј"],
  ["K", "КΚ"],
  ["M", "МΜⅯ"],
  ["N", "Ν"],
  ["O", "ОΟՕ"],
  ["P", "РΡ"],
  ["S", "Ѕ"],
  ["T", "ТΤ"],
  ["X", "ХΧ"],
  ["Y", "ҮΥ"],
  ["Z", "Ζ"],
  ["-", "‐‑‒–—−"],
  ["/", "⁄∕"],
  [".", "․"],
];

const asciiOf: ReadonlyMap<string, string> = new Map(
  groups.flatMap(([ascii, alike]) => Array.from(alike, (letter): [string, string] => [letter, ascii])),
);

/** The text as a hurried reader sees it: look-alikes as ASCII, marks and invisible characters gone. */
export function skeleton(text: string): string {
  const folded = Array.from(text.normalize("NFKC"), (letter) => asciiOf.get(letter) ?? letter).join("");
  return folded.normalize("NFKD").replace(/[\p{M}\p{C}\p{DI}\p{Zl}\p{Zp}]/gu, "");
}
