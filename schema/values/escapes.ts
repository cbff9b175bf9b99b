import { hasHidden, mapsToAscii } from "./characters.ts";

const separators: readonly (readonly [hidden: string, pattern: RegExp])[] = [
  ["encoded dots, slashes or backslashes", /%(?:2e|2f|5c)/i],
  ["encoded NUL", /%00/],
  // No UTF-8, but a lax reader takes them for ASCII: `%c0%ae` for a dot.
  ["overlong UTF-8", /%(?:c[01]|e0%[89]|f0%8)/i],
  ["`%u` escapes", /%u[0-9a-f]{4}/i],
];

/**
 * What percent-decoding a path, once or again and again, would make that a path may not hold, where there is any: a dot, a slash, a
 * backslash or a NUL, in overlong UTF-8 and `%u` too, or a character that folds to ASCII or is not seen. Completes "without …".
 */
export function hiddenByEscapes(text: string): string | undefined {
  let plain = text;
  for (let round = 0; round < 8; round++) {
    if (!plain.includes("%")) return undefined;
    const found = separators.find(([, pattern]) => pattern.test(plain));
    if (found !== undefined) return found[0];
    if (hidesLookAlikes(plain)) return "encoded look-alike or invisible characters";
    const next = plain.replace(/%[2-7][0-9a-f]/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)));
    if (next === plain) return undefined;
    plain = next;
  }
  return "escapes of escapes";
}

/** What stands in the text as it is has been looked at before: here are the characters that only escapes make. */
function hidesLookAlikes(text: string): boolean {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const runs = new Set(text.match(/(?:%[89a-f][0-9a-f])+/gi));
  // All at once: each character is looked at once, however many runs a hostile text has.
  const made = Array.from(runs, (run) => decoder.decode(bytesOf(run))).join("");
  return hasHidden(made) || mapsToAscii(made);
}

function bytesOf(run: string): Uint8Array {
  return Uint8Array.from(run.slice(1).split("%"), (code) => Number.parseInt(code, 16));
}
