/** `cedar symcc`: one process for each question, with its policies in files of a folder that goes when all is done. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { entityTypes } from "../../../schema/cedar/names.ts";
import { sha256 } from "../../../schema/json/canonical.ts";
import type { Answer, Ask, Asked } from "../question.ts";
import { cedar } from "../violation/statement.ts";
import { readAnswer } from "./answer.ts";
import { runProcess } from "./processes.ts";
import { solverEnvironment } from "./solver.ts";

export interface Tools {
  /** The command line of Cedar, by name or path. */
  readonly cedar: string;
  /** cvc5, by name or path. */
  readonly solver: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeoutMilliseconds: number;
}

export interface Symcc {
  readonly ask: Ask;
  readonly close: () => Promise<void>;
}

/** @param schema in Cedar's own form */
export async function openSymcc(tools: Tools, schema: string): Promise<Symcc> {
  const { cedar, timeoutMilliseconds } = tools;
  const folder = await mkdtemp(join(tmpdir(), "ambit-prove-"));
  const env = { ...tools.env, NO_COLOR: "1", ...(await solverEnvironment(folder, tools.solver)) };
  const files = new Map<string, Promise<string>>();
  const fileOf = (text: string): Promise<string> => {
    const path = join(folder, sha256(text).slice("sha256:".length));
    const written = files.get(path) ?? writeFile(path, text).then(() => path);
    files.set(path, written);
    return written;
  };
  const answerTo = async (asked: Asked): Promise<Answer> => {
    const args = await argumentsOf(asked, await fileOf(schema), fileOf);
    const ending = await runProcess(cedar, args, env, timeoutMilliseconds);
    switch (ending.kind) {
      case "timeout":
        return { kind: "unsettled", reason: `no answer within ${timeoutMilliseconds / 1000} s` };
      case "not_started":
        return { kind: "unsettled", reason: `\`${cedar}\` does not start: ${ending.code}` };
      case "ended":
        return readAnswer(asked.question.check, ending);
    }
  };
  return {
    ask: async (asked) => {
      const start = performance.now();
      const answer = await answerTo(asked);
      return { answer, milliseconds: performance.now() - start };
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

async function argumentsOf(
  { action, question }: Asked,
  schema: string,
  fileOf: (text: string) => Promise<string>,
): Promise<readonly string[]> {
  const { check, ...policies } = question;
  const files = await Promise.all(
    Object.entries(policies).map(async ([name, text]) => [`--${name}`, await fileOf(text)]),
  );
  return [
    "symcc",
    ...["--principal-type", entityTypes.principal, "--resource-type", entityTypes.resource],
    ...["--action", cedar`Ambit::Action::${action}`.cedar, "--schema", schema],
    check,
    ...files.flat(),
  ];
}
