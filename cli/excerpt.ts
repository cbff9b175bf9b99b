/** The line of a source that a diagnostic is about, with a caret under the place. */
import { makeVisible } from "../compiler/diagnostics/quote.ts";

const widest = 100;

/**
 * Two lines: the source with its number, and the caret. Of a long line only what is around the place.
 *
 * @param lines the source, split at line ends
 * @param line from 1
 * @param column from 1, in UTF-16 units
 */
export function excerpt(lines: readonly string[], line: number, column: number): readonly [string, string] {
  const source = lines[line - 1] ?? "";
  const start = column - 1 > widest - 20 ? column - 1 - 40 : 0;
  const before = makeVisible(source.slice(start, column - 1).replaceAll("\t", " "));
  const after = makeVisible(source.slice(column - 1, start + widest).replaceAll("\t", " "));
  const gutter = String(line).padStart(5);
  const cut = start > 0 ? "…" : "";
  return [
    `${gutter} | ${cut}${before}${after}${source.length > start + widest ? "…" : ""}`,
    `${" ".repeat(gutter.length)} | ${" ".repeat(cut.length + Array.from(before).length)}^`,
  ];
}
