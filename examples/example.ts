/** One example folder: its envelope compiled, its proposals judged, each verdict held against the line's `want`. */
import { readdir, readFile } from "node:fs/promises";
import { type Answer, answerTo } from "../cli/eval/answer.ts";
import { knownIds } from "../cli/eval/known-ids.ts";
import { parseLine } from "../cli/eval/line.ts";
import { compile } from "../compiler/index.ts";
import type { Evaluator, Host } from "../runtime/index.ts";
import type { Artefacts } from "../schema/artefacts.ts";

const folder = new URL("./", import.meta.url);

export interface Example {
  readonly name: string;
  readonly artefacts: Artefacts;
  readonly compileMilliseconds: number;
  /** The lines of `proposals.jsonl`, without their line feeds. */
  readonly lines: readonly string[];
}

export interface Judged {
  readonly line: string;
  readonly answer: Answer;
}

/** The folders below `examples/`, sorted. */
export async function exampleNames(): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** @throws Error where the envelope does not compile: an example always does */
export async function openExample(name: string): Promise<Example> {
  const source = await readFile(new URL(`${name}/envelope.json`, folder));
  const proposals = await readFile(new URL(`${name}/proposals.jsonl`, folder), "utf8");
  const start = performance.now();
  const { artefacts, diagnostics } = compile(source);
  const compileMilliseconds = performance.now() - start;
  if (artefacts === undefined) throw new Error(`examples/${name}: ${diagnostics.map((d) => d.message).join("; ")}`);
  return { name, artefacts, compileMilliseconds, lines: proposals.trimEnd().split("\n") };
}

export function judgeExample(example: Example, host: Host): { evaluator: Evaluator; judged: readonly Judged[] } {
  const evaluator = host.load(example.artefacts);
  const known = knownIds(evaluator.envelope);
  const utf8 = new TextEncoder();
  const judged = example.lines.map((line) => ({
    line,
    answer: answerTo(parseLine(utf8.encode(line), known), evaluator, Date.now),
  }));
  return { evaluator, judged };
}
