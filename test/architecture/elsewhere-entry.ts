/** What is bundled for a host without Node: the runtime, and the reading of an example's lines. */
import { answerTo } from "../../cli/eval/answer.ts";
import { knownIds } from "../../cli/eval/known-ids.ts";
import { parseLine } from "../../cli/eval/line.ts";
import { createHost } from "../../runtime/index.ts";

/** @returns JSON: for each line, what differs from its `want`, or null; and the faults */
export function judge(
  files: Iterable<readonly [string, Uint8Array]>,
  cedarModule: Uint8Array,
  lines: readonly string[],
): string {
  const faults: string[] = [];
  const host = createHost({ cedarWasm: cedarModule, onFault: ({ message }) => faults.push(message) });
  const evaluator = host.load(new Map(files));
  const known = knownIds(evaluator.envelope);
  const answers = lines.map((line) => answerTo(parseLine(new TextEncoder().encode(line), known), evaluator, () => 0));
  return JSON.stringify({ differences: answers.map(({ difference }) => difference ?? null), faults });
}
