/** Diagnostics for a person: where, what, how to mend it. */
import type { Diagnostic, Severity } from "../schema/diagnostic.ts";
import { coloursOf, type Io, type Terminal, write } from "./io.ts";

/** @param stream standard error by default: standard output belongs to what the command makes */
export async function printFindings(
  file: string,
  diagnostics: readonly Diagnostic[],
  io: Io,
  stream: Terminal = io.stderr,
): Promise<void> {
  const colours = coloursOf(io, stream);
  const paint: Readonly<Record<Severity, (text: string) => string>> = {
    error: colours.red,
    warning: colours.yellow,
    note: colours.cyan,
  };
  for (const { code, severity, line, column, message, help } of diagnostics) {
    const place = colours.bold(`${file}:${line}:${column}`);
    const below = help === undefined ? "" : `    help: ${help}\n`;
    await write(stream, `${place} ${paint[severity](severity)} ${message} ${colours.dim(`[${code}]`)}\n${below}`);
  }
}
