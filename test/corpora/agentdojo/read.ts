/** The suites as they lie in the corpus. */
import { linesOf, textOf } from "../corpora.ts";
import type { Suite } from "./task.ts";

export interface Call {
  readonly function: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** Whether it changes anything; null where upstream does not know. */
  readonly mutates_env: boolean | null;
}

export interface Recorded {
  readonly id: string;
  readonly prompt?: string;
  readonly calls: readonly Call[];
}

export function userTasks(suite: Suite): readonly Recorded[] {
  return linesOf(`agentdojo/${suite}.user_tasks.jsonl`).map((line) => JSON.parse(line));
}

export function attacks(suite: Suite): readonly Recorded[] {
  return linesOf(`agentdojo/${suite}.injection_tasks.jsonl`).map((line) => JSON.parse(line));
}

/** All that the author of an envelope may read beside the prompt: tools and environment, as text without JSON escapes. */
export function surroundings(suite: Suite): string {
  const parts = ["tools", "environment"].map((part) => textOf(`agentdojo/${suite}.${part}.json`));
  return parts.join("\n").replaceAll("\\n", "\n").replaceAll('\\"', '"');
}
