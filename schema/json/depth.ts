/** How deep objects and arrays may nest where nothing else is said; the root is level 1 (SPEC §4). */
export const defaultMaxDepth = 64;

/** No configuration goes deeper: beyond it recursion would be unsafe on small stacks. */
export const greatestDepth = 1000;

/**
 * The offset of the first bracket that opens a level deeper than `maxDepth`, or -1. Runs before parsing and in constant
 * stack, so that a hostile text never reaches a recursive parser.
 */
export function tooDeepAt(text: string, maxDepth: number): number {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case 0x22: // "
        for (i++; i < text.length; i++) {
          const c = text.charCodeAt(i);
          if (c === 0x22) break;
          if (c === 0x5c) i++;
        }
        break;
      case 0x5b: // [
      case 0x7b: // {
        depth++;
        if (depth > maxDepth) return i;
        break;
      case 0x5d: // ]
      case 0x7d: // }
        depth--;
        break;
    }
  }
  return -1;
}
