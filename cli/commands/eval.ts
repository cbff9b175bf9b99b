/** `ambit eval`: JSON lines in, verdict lines out, in order, and never stopped by a bad line (SPEC §13). */
import { open } from "node:fs/promises";
import type { Readable } from "node:stream";
import { type Command, Option } from "commander";
import { makeVisible } from "../../compiler/diagnostics/quote.ts";
import type { Evaluator } from "../../runtime/evaluator.ts";
import type { EngineName } from "../../schema/verdict.ts";
import type { AddCommand } from "../command.ts";
import { type DecisionLog, openDecisionLog } from "../decision-log/log.ts";
import { type Answer, answerTo } from "../eval/answer.ts";
import { planAvpRequests } from "../eval/avp.ts";
import { humanLine, summary } from "../eval/human.ts";
import { jsonLine } from "../eval/json-line.ts";
import { knownIds } from "../eval/known-ids.ts";
import { type Line, parseLine } from "../eval/line.ts";
import { linesOf } from "../eval/lines.ts";
import { sessionAnswers } from "../eval/session.ts";
import { startTally } from "../eval/tally.ts";
import { printFindings } from "../findings.ts";
import { coloursOf, type ExitCode, type Io, UsageError, write } from "../io.ts";
import { openArtefacts, openEvaluator, readable } from "../open.ts";
import { progressOn } from "../progress.ts";
import { readRegistry } from "../registry.ts";

interface EvalOptions {
  readonly input?: string;
  readonly session?: string;
  readonly engine: "both" | EngineName;
  readonly json?: true;
  readonly request?: true;
  readonly avp?: true;
  readonly decisionLog?: string;
  readonly mask: readonly string[];
  readonly registry?: string;
}

const example = `
Example:
  $ echo '{"proposal":{"tool":"broker.place_order","args":{"symbol":"MNQ","quantity":1}}}' | ambit eval envelope.json

Each line is {"proposal", "id"?, "principal"?, "now"?, "justification"?, "state"?, "want"?}. Exit status 1 if a verdict is not
allow, or not the one that the line's "want" names.`;

export const addEval: AddCommand = (program: Command, io, exit) => {
  program
    .command("eval")
    .description("judge proposals, one JSON line each, and print a verdict for each")
    .argument("<envelope.json | out-dir>", "an envelope, or a folder that `ambit compile` wrote")
    .option("--input <file>", "read the lines from a file instead of standard input")
    .option("--session <file>", "run the lines against one session of a ledger file, made on first use")
    .addOption(
      new Option("--engine <name>", "who judges").choices(["both", "cedar", "rego", "reference"]).default("both"),
    )
    .option("--request", "with --json: add the request document that the engines saw")
    .option("--avp", "with --json: add the input of IsAuthorized for Amazon Verified Permissions")
    .option("--decision-log <file>", "append an event in the form of OPA's decision log for each line")
    .option(
      "--mask <effect/field>",
      "leave a field out of the log; may be repeated",
      (name, all: string[]) => [...all, name],
      [],
    )
    .option("--registry <file>", "add flags, evidence names, metrics, actions and checks")
    .option("--json", "print one JSON object per line")
    .addHelpText("after", example)
    .action(async (path: string, options: EvalOptions) => exit(await runEval(path, options, io)));
};

async function runEval(path: string, options: EvalOptions, io: Io): Promise<ExitCode> {
  const registry = await readRegistry(options.registry);
  const opened = await openArtefacts(path, registry);
  if (!opened.ok) {
    await printFindings(path, opened.diagnostics, io);
    return 1;
  }
  const engines: readonly EngineName[] = options.engine === "both" ? ["cedar", "rego"] : [options.engine];
  const evaluator = await openEvaluator(path, opened.artefacts, engines, ({ code, message }) =>
    io.stderr.write(`${code}: ${makeVisible(message)}\n`),
  );
  const log = await openDecisionLog(options.decisionLog, options.mask, evaluator.envelope);
  const input = options.input === undefined ? io.stdin : await openInput(options.input);
  const avp = options.avp ? planAvpRequests(opened.artefacts) : undefined;
  const more = ({ verdict: { request } }: Answer) => ({
    ...(options.request ? { request } : {}),
    ...(avp === undefined ? {} : { avp: avp(request) }),
  });
  const session =
    options.session === undefined
      ? undefined
      : sessionAnswers({ file: options.session, evaluator, artefacts: opened.artefacts, registry, clock: io.now });
  const answer = session?.answer ?? ((line: Line) => answerTo(line, evaluator, io.now));
  return answerAll(input, evaluator, answer, log, more, options, io).finally(async () => {
    await log?.close();
    await session?.close();
  });
}

/** @param more members beside those that a line of JSON always has */
async function answerAll(
  input: Readable,
  evaluator: Evaluator,
  answerLine: (line: Line) => Answer | Promise<Answer>,
  log: DecisionLog | undefined,
  more: (answer: Answer) => Readonly<Record<string, unknown>>,
  options: EvalOptions,
  io: Io,
): Promise<ExitCode> {
  const known = knownIds(evaluator.envelope);
  const colours = coloursOf(io);
  const tally = startTally();
  const progress = io.stdout.isTTY === true ? undefined : progressOn(io.stderr, "lines", io.now);
  for await (const bytes of linesOf(input)) {
    const line = parseLine(bytes, known, { hasState: options.session === undefined });
    const answer = await answerLine(line);
    tally.add(answer, line.want !== undefined);
    await log?.append({ line: tally.lines(), now: answer.now, verdict: answer.verdict });
    if (options.json) {
      await write(io.stdout, jsonLine(answer, more(answer)));
      if (answer.difference !== undefined)
        io.stderr.write(`line ${tally.lines()}: ${makeVisible(answer.difference)}\n`);
    } else await write(io.stdout, humanLine(answer, tally.lines(), evaluator.envelope, colours));
    progress?.tick(tally.lines());
  }
  progress?.end();
  if (!options.json) await write(io.stdout, summary(tally.sums(), evaluator.engines, colours));
  return tally.sums().findings > 0 ? 1 : 0;
}

/** Opened before the first verdict, so that a file that is not there costs one sentence and nothing else. */
async function openInput(file: string): Promise<Readable> {
  const handle = await readable(file, () => open(file));
  const isFolder = (await handle.stat()).isDirectory();
  if (!isFolder) return handle.createReadStream();
  await handle.close();
  throw new UsageError(`cannot read \`${file}\`: it is a folder`);
}
