/** `ambit import`: a foreign document into a draft with blanks, and a report of what became of each of its lines (SPEC §12). */
import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { makeVisible } from "../../compiler/diagnostics/quote.ts";
import { type Import, importDocument, type Refusal } from "../../compiler/import/import.ts";
import type { Row } from "../../compiler/import/source.ts";
import type { AddCommand } from "../command.ts";
import { coloursOf, type ExitCode, type Io, type Terminal, write } from "../io.ts";
import { readable } from "../open.ts";
import { readRegistry } from "../registry.ts";
import { writeNew } from "../write-text.ts";

interface ImportOptions {
  readonly output?: string;
  readonly report?: string;
  readonly registry?: string;
  readonly json?: true;
}

type Imported = Extract<Import, { ok: true }>;

const example = `
Example:
  $ ambit import envelope.json -o draft.json --report report.txt
  $ ambit check draft.json

Reads envelopes and templates of ai-execution-envelope v0.1. What the source does not say is a blank in the draft,
{"$blank": "<why>"}, which \`ambit check\` lists and which does not compile.`;

export const addImport: AddCommand = (program: Command, io, exit) => {
  program
    .command("import")
    .description("draft an envelope from a document of another format, with a blank for all that it does not say")
    .argument("<file>", "an ai-execution-envelope v0.1 envelope or template")
    .option("-o, --output <draft.json>", "where to write the draft; standard output by default")
    .option("--report <file>", "where to write what became of each line; standard error by default")
    .option("--registry <file>", "add flags, evidence names, metrics, actions and checks")
    .option("--json", "print one JSON object with the draft and the report")
    .addHelpText("after", example)
    .action(async (file: string, options: ImportOptions) => exit(await runImport(file, options, io)));
};

async function runImport(file: string, options: ImportOptions, io: Io): Promise<ExitCode> {
  const bytes = await readable(file, () => readFile(file));
  const registry = await readRegistry(options.registry);
  const imported = importDocument(bytes, registry === undefined ? {} : { registry });
  if (!imported.ok) return refuse(file, imported.problems, options, io);
  if (options.output !== undefined) await writeNew(options.output, imported.draft);
  const report = reportText(file, imported);
  if (options.report !== undefined) await writeNew(options.report, report);
  if (options.json) {
    const { kind, draft, rows, blanks } = imported;
    await write(io.stdout, `${JSON.stringify({ file, ok: true, kind, draft: JSON.parse(draft), rows, blanks })}\n`);
    return 0;
  }
  if (options.output === undefined) await write(io.stdout, imported.draft);
  // Where the draft does not take standard output, the report may.
  const stream: Terminal = options.output === undefined ? io.stderr : io.stdout;
  await write(stream, options.report === undefined ? report : summaryOf(imported));
  return 0;
}

async function refuse(file: string, problems: readonly Refusal[], options: ImportOptions, io: Io): Promise<ExitCode> {
  const shown = problems.map(({ pointer, line, column, message }) => ({ pointer, line, column, message }));
  if (options.json) await write(io.stdout, `${JSON.stringify({ file, ok: false, problems: shown })}\n`);
  else {
    const colours = coloursOf(io, io.stderr);
    for (const { line, column, message } of shown)
      await write(io.stderr, `${makeVisible(file)}:${line}:${column} ${colours.red("refused")} ${message}\n`);
  }
  return 1;
}

function reportText(file: string, imported: Imported): string {
  const rows = imported.rows.map((row) => `${makeVisible(file)}:${row.line}:${row.column} ${rowText(row)}\n`);
  const blanks = imported.blanks.map(
    ({ pointer, reason }) => `  ${pointer || "the envelope"}: ${makeVisible(reason)}\n`,
  );
  return [...rows, "to fill in, by where it stands in the draft:\n", ...blanks, summaryOf(imported)].join("");
}

function rowText({ outcome, pointer, to, why }: Row): string {
  const target = to === undefined ? "" : ` → ${to || "the envelope"}`;
  return `${outcome} ${makeVisible(pointer)}${target}${why === undefined ? "" : `: ${makeVisible(why)}`}`;
}

function summaryOf({ kind, rows, blanks }: Imported): string {
  const count = (wanted: Row["outcome"]) => rows.filter(({ outcome }) => outcome === wanted).length;
  return `${kind}: ${count("carried")} values carried over, ${count("refused")} refused, ${count("blank")} left to a person; ${blanks.length} blanks to fill in\n`;
}
