/** `ambit explain CODE`: what a diagnostic means, how to mend it, and an envelope that triggers it. */
import { catalogue, codes, isCode } from "../../compiler/diagnostics/catalogue.ts";
import type { Example } from "../../compiler/diagnostics/entry.ts";
import { describeExample, exampleSource } from "../../compiler/diagnostics/example-source.ts";
import { makeVisible, quote } from "../../compiler/diagnostics/quote.ts";
import { closest } from "../../compiler/diagnostics/suggest.ts";
import { readEither } from "../../compiler/read/template.ts";
import { coloursOf, type ExitCode, type Io, UsageError, write } from "../io.ts";

/** @throws UsageError where the catalogue has no such code */
export async function explainCode(code: string, io: Io): Promise<ExitCode> {
  if (!isCode(code)) throw new UsageError(unknownCode(code));
  const { summary, help, example, fix } = catalogue[code];
  const colours = coloursOf(io);
  const found = findingsOf(code, example);
  const lines = [
    `${colours.bold(code)} (${found[0]?.severity ?? "error"})`,
    "",
    `  ${summary}`,
    ...(help === undefined ? [] : ["", `  ${help}`]),
    ...(fix === undefined ? [] : ["", "  `ambit check --fix` mends it where the remedy is plain"]),
    "",
    `  Example: ${makeVisible(describeExample(example))}`,
    ...found.map(({ line, column, severity, message }) => `    ${line}:${column} ${severity} ${message}`),
  ];
  await write(io.stdout, `${lines.join("\n")}\n`);
  return 0;
}

function findingsOf(code: string, example: Example) {
  return readEither(exampleSource(example)).diagnostics.filter((diagnostic) => diagnostic.code === code);
}

function unknownCode(code: string): string {
  const meant = closest(code, codes);
  return `there is no diagnostic ${quote(code)}${meant === undefined ? "" : `; did you mean ${quote(meant)}?`}`;
}
