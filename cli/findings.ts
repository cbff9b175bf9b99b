/** Diagnostics for a person: where, what, the place in the source, how to mend it. */
import { makeVisible } from "../compiler/diagnostics/quote.ts";
import { severitiesOf } from "../compiler/read/severities.ts";
import type { Diagnostic, Severity } from "../schema/diagnostic.ts";
import { excerpt } from "./excerpt.ts";
import { coloursOf, type Io, type Terminal, write } from "./io.ts";

/** More are not shown: nobody reads them, and the first ones are often the cause. */
export const mostShown = 100;

/**
 * @param stream standard error by default: standard output belongs to what the command makes
 * @param source the text that the diagnostics are about; without it no excerpts are shown
 */
export async function printFindings(
  file: string,
  diagnostics: readonly Diagnostic[],
  io: Io,
  stream: Terminal = io.stderr,
  source?: string,
): Promise<void> {
  const colours = coloursOf(io, stream);
  const paint: Readonly<Record<Severity, (text: string) => string>> = {
    error: colours.red,
    warning: colours.yellow,
    note: colours.cyan,
  };
  const lines = source?.split(/\r\n|\n|\r/) ?? [];
  for (const { code, severity, line, column, message, help } of diagnostics.slice(0, mostShown)) {
    const place = colours.bold(`${makeVisible(file)}:${line}:${column}`);
    const shown = [`${place} ${paint[severity](severity)} ${message} ${colours.dim(`[${code}]`)}`];
    if (source !== undefined) {
      const [text, caret] = excerpt(lines, line, column);
      shown.push(colours.dim(text), paint[severity](caret));
    }
    if (help !== undefined) shown.push(`    help: ${help}`);
    await write(stream, `${shown.join("\n")}\n`);
  }
  if (diagnostics.length > mostShown) {
    await write(stream, `… the first ${mostShown} of ${diagnostics.length} are shown\n`);
  }
}

/** How many there are, in words: `2 errors, 1 warning`. */
export function countFindings(diagnostics: readonly Diagnostic[]): string {
  const counted = Object.entries(severitiesOf(diagnostics)).filter(([, count]) => count > 0);
  return counted.map(([severity, count]) => `${count} ${severity}${count === 1 ? "" : "s"}`).join(", ");
}
