/** `ambit check`: every problem of any number of envelopes (SPEC §13). */
import { readFile, writeFile } from "node:fs/promises";
import { comparedWith } from "../../compiler/read/catalogue.ts";
import { applyFixes } from "../../compiler/read/fix.ts";
import { readEnvelope } from "../../compiler/read/read.ts";
import { severitiesOf } from "../../compiler/read/severities.ts";
import { isSaidTemplate, readEither } from "../../compiler/read/template.ts";
import type { Diagnostic } from "../../schema/diagnostic.ts";
import type { Registry } from "../../schema/registry.ts";
import type { Template } from "../../schema/template.ts";
import type { AddCommand } from "../command.ts";
import { expandFiles } from "../files.ts";
import { countFindings, mostShown, printFindings } from "../findings.ts";
import { coloursOf, type ExitCode, type Io, UsageError, write } from "../io.ts";
import { readable } from "../open.ts";
import { progressOn } from "../progress.ts";
import { readRegistry } from "../registry.ts";
import { readTemplateFile } from "../template.ts";

interface CheckOptions {
  readonly json?: true;
  readonly strict?: true;
  readonly fix?: true;
  readonly registry?: string;
  readonly template?: string;
}

/** What files are read with. */
interface Known {
  readonly registry: Registry | undefined;
  readonly template: Template | undefined;
}

const example = `
Examples:
  $ ambit check envelope.json
  $ ambit check 'envelopes/**/*.json' --json
  $ ambit check envelope.json --fix
  $ ambit check envelope.json --strict --template template.json

Exit status 1 if a file has an error, or a warning with --strict; notes never count.`;

export const addCheck: AddCommand = (program, io, exit) => {
  program
    .command("check")
    .description("find every problem of envelopes and templates, with the place and the remedy")
    .argument("<file...>", "envelopes and templates, or glob patterns")
    .option("--strict", "take warnings for errors")
    .option("--fix", "mend what needs no judgement: misspelt words, values that are not canonical")
    .option("--template <file>", "compare what envelopes forbid with the catalogue of their template")
    .option("--registry <file>", "add flags, evidence names, metrics, actions and checks")
    .option("--json", "print one JSON object per file")
    .addHelpText("after", example)
    .action(async (files: string[], options: CheckOptions) => exit(await runCheck(files, options, io)));
};

async function runCheck(patterns: readonly string[], options: CheckOptions, io: Io): Promise<ExitCode> {
  const registry = await readRegistry(options.registry);
  const template = options.template === undefined ? undefined : await readTemplateFile(options.template, registry, io);
  if (options.template !== undefined && template === undefined) return 1;
  const files = await expandFiles(patterns);
  const progress = progressOn(io.stderr, "files", io.now);
  let worst: ExitCode = 0;
  for (const [i, file] of files.entries()) {
    const ending = await checkOrComplain(file, { registry, template }, options, io);
    worst = ending > worst ? ending : worst;
    if (files.length > mostShown) progress.tick(i + 1);
  }
  progress.end();
  return worst;
}

/** A file that cannot be read does not keep the others from being checked. */
async function checkOrComplain(file: string, known: Known, options: CheckOptions, io: Io): Promise<ExitCode> {
  try {
    return await checkFile(file, known, options, io);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    await write(io.stderr, `error: ${error.message}\n`);
    return 2;
  }
}

async function checkFile(
  file: string,
  { registry, template }: Known,
  options: CheckOptions,
  io: Io,
): Promise<ExitCode> {
  const source = await readable(file, () => readFile(file));
  const known = registry === undefined ? {} : { registry };
  let text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(source);
  let { diagnostics } = readEither(source, known);
  let judged: Uint8Array | string = source;
  if (options.fix && diagnostics.length > 0 && isFaithful(source, text)) {
    const fixed = applyFixes(text, known);
    if (fixed.text !== text) await readable(file, () => writeFile(file, fixed.text));
    if (fixed.applied.length > 0 && !options.json) await write(io.stdout, mended(file, fixed.applied));
    ({ text } = fixed);
    judged = text;
    ({ diagnostics } = fixed.reading);
  }
  // A template is compared with its own catalogue.
  if (template !== undefined && !isSaidTemplate(source))
    ({ diagnostics } = comparedWith(readEnvelope(judged, known), template));
  const { error, warning } = severitiesOf(diagnostics);
  const ok = error === 0 && (!options.strict || warning === 0);
  if (options.json) await write(io.stdout, jsonLine(file, ok, diagnostics));
  else await printReport(file, diagnostics, text, io);
  return ok ? 0 : 1;
}

function isFaithful(source: Uint8Array, text: string): boolean {
  return Buffer.from(text, "utf8").equals(source);
}

function mended(file: string, applied: readonly Diagnostic[]): string {
  return applied.map(({ message, pointer }) => `${file}: mended ${pointer || "the root"}: ${message}\n`).join("");
}

/** The line of SPEC §13; `total` only where not all diagnostics are in it. */
function jsonLine(file: string, ok: boolean, diagnostics: readonly Diagnostic[]): string {
  const shown = diagnostics.slice(0, mostShown).map(({ code, severity, pointer, line, column, message, ...rest }) => ({
    code,
    severity,
    pointer,
    line,
    column,
    message,
    ...rest,
  }));
  const total = diagnostics.length > mostShown ? { total: diagnostics.length } : {};
  return `${JSON.stringify({ file, ok, diagnostics: shown, ...total })}\n`;
}

async function printReport(file: string, diagnostics: readonly Diagnostic[], text: string, io: Io): Promise<void> {
  await printFindings(file, diagnostics, io, io.stdout, text);
  const colours = coloursOf(io);
  const summary = diagnostics.length === 0 ? colours.green("ok") : countFindings(diagnostics);
  await write(io.stdout, `${file}: ${summary}\n`);
}
