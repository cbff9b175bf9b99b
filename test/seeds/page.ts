/** `schema/seeds.md` out of the lists; what they name must be there. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Item, Table } from "./item.ts";
import { hasTest } from "./titles.ts";

const root = join(import.meta.dirname, "../..");

/** What is wrong with the lists; nothing is generated from lists with which anything is. */
export function problemsOf(tables: readonly Table[]): readonly string[] {
  return tables.flatMap(({ title, items }) =>
    items.flatMap((item) => problemsWith(item).map((problem) => `${title}, ${item.id}: ${problem}`)),
  );
}

function problemsWith({ where, tests, because, missing }: Item): readonly string[] {
  if (missing !== undefined) return [`is still to be built: ${missing}`];
  const files = where.filter((file) => !existsSync(join(root, file))).map((file) => `there is no \`${file}\``);
  const names = tests
    .filter((reference) => !isThere(reference))
    .map((reference) => `there is no test \`${reference}\``);
  const isShown = where.length > 0 && tests.length > 0;
  const silent = isShown || because !== undefined ? [] : ["is neither shown nor said why it is not"];
  return [...files, ...names, ...silent];
}

function isThere(reference: string): boolean {
  const end = reference.indexOf(": ");
  const file = reference.slice(0, end);
  return end > 0 && existsSync(join(root, file)) && hasTest(file, reference.slice(end + 2));
}

export function pageOf(tables: readonly Table[]): string {
  return `${[head, ...tables.map(tableOf)].join("\n\n")}\n`;
}

const head = `# What the seeds ask for

<!-- Generated from test/seeds by \`npm run generate\`. Do not edit. -->

Ambit reads five documents as one: the Execution Envelope with its threat model, principles and gateway specification, the Autonomy
Envelope, the Execution Authority Minimal Specification, and the Permission Envelope. Every item of theirs is here in short, with the
files that do it and the tests that show it, or with the reason why it is not this project's. A test that is renamed or deleted, and a
file that moves, make the generation of this page fail.`;

function tableOf({ title, note, items }: Table): string {
  const rows = items.map(({ id, words, where, tests, because }) => {
    const done = where
      .map((file) => `[${file}](${file.startsWith("schema/") ? file.slice(7) : `../${file}`})`)
      .join(", ");
    const seen = tests.map((test) => `\`${test.replaceAll("`", "'")}\``).join("<br>");
    const shown = [seen, because ?? ""].filter((text) => text !== "").join("<br>");
    return `| ${[id, words, done, shown].map(cell).join(" | ")} |`;
  });
  const lines = [`## ${title}`, ...(note === undefined ? [] : ["", note]), ""];
  return [...lines, "| item | what | where | shown by, or why not |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
