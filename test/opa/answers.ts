/** Calls of an example envelope with what the reference says of them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { EngineAnswer } from "../../schema/verdict.ts";
import { run } from "../cli/run.ts";

const examples = join(import.meta.dirname, "../../examples");

export interface Asked {
  readonly request: Readonly<Record<string, unknown>>;
  readonly answer: EngineAnswer;
}

export function envelopeOf(name: string): string {
  return join(examples, name, "envelope.json");
}

/** Every call of the example that decodes. */
export async function askedOf(name: string): Promise<readonly Asked[]> {
  const stdin = readFileSync(join(examples, name, "proposals.jsonl"));
  const { out } = await run(["eval", envelopeOf(name), "--engine", "reference", "--json", "--request"], { stdin });
  const lines = out.trimEnd().split("\n");
  return lines.flatMap((line): readonly Asked[] => {
    const { request, verdict, violations } = JSON.parse(line);
    return request === null
      ? []
      : [{ request, answer: { verdict, violations: violations.map(({ id }: { id: string }) => id) } }];
  });
}

/** The request of the first call that is allowed. */
export async function allowedOf(name: string): Promise<Asked["request"]> {
  const allowed = (await askedOf(name)).find(({ answer }) => answer.verdict === "allow");
  if (allowed === undefined) throw new Error(`no call of ${name} is allowed`);
  return allowed.request;
}
