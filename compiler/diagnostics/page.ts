/**
 * Writes the table of diagnostics into `schema/README.md`, between its markers; with `--check`, fails when the checked-in table differs.
 */
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { catalogue, codes } from "./catalogue.ts";
import { describeExample } from "./example-source.ts";
import { makeVisible } from "./quote.ts";

const begin = "<!-- diagnostics:begin -->";
const end = "<!-- diagnostics:end -->";

/** The catalogue as a Markdown table. */
export function diagnosticsTable(): string {
  const rows = codes.map((code) => {
    const { severity, summary, help, example } = catalogue[code];
    const level = typeof severity === "function" ? "error or warning" : severity;
    const meaning = help === undefined ? summary : `${summary}; ${help}`;
    return `| \`${code}\` | ${level} | ${cell(meaning)} | ${codeCell(describeExample(example))} |`;
  });
  return ["| Code | Severity | Meaning and remedy | Triggered by |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

/** The page with its table replaced; undefined if it has no markers. */
export function withTable(page: string): string | undefined {
  const start = page.indexOf(begin);
  const stop = page.indexOf(end, start);
  if (start < 0 || stop < 0) return undefined;
  return `${page.slice(0, start + begin.length)}\n\n${diagnosticsTable()}\n\n${page.slice(stop)}`;
}

function cell(text: string): string {
  return makeVisible(text).replaceAll("|", "\\|");
}

/** Code in a cell; longer fences where the text has backticks itself. */
function codeCell(text: string): string {
  const shown = cell(text);
  const fence = shown.includes("`") ? "``" : "`";
  return `${fence}${fence === "``" ? ` ${shown} ` : shown}${fence}`;
}

async function run(): Promise<void> {
  const file = new URL("../../schema/README.md", import.meta.url);
  const page = await readFile(file, "utf8");
  const written = withTable(page);
  if (written === undefined) throw new Error(`schema/README.md has no ${begin} … ${end}`);
  if (!process.argv.includes("--check")) await writeFile(file, written);
  else if (written !== page) {
    console.error(
      "schema/README.md differs from the catalogue of diagnostics: run `node compiler/diagnostics/page.ts`",
    );
    process.exitCode = 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await run();
