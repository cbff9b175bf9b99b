/** `ambit prove`: an SMT solver shows that the Cedar policies say what the envelope says (SPEC §6, §13). */
import { availableParallelism } from "node:os";
import { InvalidArgumentError } from "commander";
import type { Evaluator } from "../../runtime/evaluator.ts";
import type { Artefacts } from "../../schema/artefacts.ts";
import { reservedAction } from "../../schema/cedar/names.ts";
import { planReference } from "../../schema/reference/evaluate.ts";
import type { AddCommand } from "../command.ts";
import { printFindings } from "../findings.ts";
import { coloursOf, type ExitCode, type Io, UsageError, write } from "../io.ts";
import { openArtefacts, openEvaluator } from "../open.ts";
import { progressOn } from "../progress.ts";
import { emittedOf } from "../prove/policies.ts";
import { prove } from "../prove/prove.ts";
import { humanReport } from "../prove/report/human.ts";
import { jsonReport, type Proven } from "../prove/report/json.ts";
import type { Judges } from "../prove/settle.ts";
import { preflight } from "../prove/symcc/preflight.ts";
import { openSymcc, type Tools } from "../prove/symcc/symcc.ts";
import { readRegistry } from "../registry.ts";

interface ProveOptions {
  readonly json?: true;
  readonly cedar: string;
  readonly solver?: string;
  readonly jobs: number;
  readonly timeout: number;
  readonly registry?: string;
}

const example = `
Examples:
  $ ambit prove envelope.json
  $ ambit prove out/ --cedar ~/.cargo/bin/cedar --solver ~/bin/cvc5 --json

Needs the command line of Cedar with symcc (\`cargo install cedar-policy-cli@4.14.1 --features analyze --locked\`) and the
solver cvc5, which the environment variable CVC5 may name. Exit status 1 if a claim is refuted, or not settled in time.`;

export const addProve: AddCommand = (program, io, exit) => {
  program
    .command("prove")
    .description("prove with a solver that the Cedar policies say what the envelope says")
    .argument("<envelope.json|folder>", "an envelope, or a folder that `ambit compile` wrote")
    .option("--cedar <path>", "the command line of Cedar", "cedar")
    .option("--solver <path>", "cvc5 (default: the environment variable CVC5, or the PATH)")
    .option("--jobs <n>", "questions at once", wholeNumber, availableParallelism())
    .option("--timeout <seconds>", "for each question", wholeNumber, 60)
    .option("--registry <file>", "add flags, evidence names, metrics, actions and checks")
    .option("--json", "print one JSON object")
    .addHelpText("after", example)
    .action(async (path: string, options: ProveOptions) => exit(await runProve(path, options, io)));
};

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError("expected a whole number from 1.");
  return Number(text);
}

async function runProve(path: string, options: ProveOptions, io: Io): Promise<ExitCode> {
  const opened = await openArtefacts(path, await readRegistry(options.registry));
  if (!opened.ok) {
    await printFindings(path, opened.diagnostics, io);
    return 1;
  }
  const evaluator = await openEvaluator(path, opened.artefacts, ["cedar", "rego", "reference"], () => undefined);
  const proven = await proveArtefacts(path, opened.artefacts, evaluator, options, io);
  evaluator.drop();
  await write(io.stdout, options.json ? jsonReport(proven) : humanReport(proven, coloursOf(io)));
  return proven.settled.every(({ outcome }) => outcome.kind === "proven") ? 0 : 1;
}

/** @throws UsageError where a tool is missing or of no use */
async function proveArtefacts(
  file: string,
  artefacts: Artefacts,
  evaluator: Evaluator,
  options: ProveOptions,
  io: Io,
): Promise<Proven> {
  const emitted = emittedOf(evaluator.envelope, evaluator.envelopeDigest, artefacts);
  const tools = toolsOf(options, io);
  const start = performance.now();
  const flight = await preflight(tools, emitted.schema, reservedAction);
  if (!flight.ok) throw new UsageError(flight.advice);
  const progress = progressOn(io.stderr, "claims", io.now);
  const symcc = await openSymcc(tools, emitted.schema);
  try {
    let count = 0;
    const settled = await prove(emitted, {
      ask: symcc.ask,
      judges: judgesOf(evaluator),
      jobs: options.jobs,
      onSettled: () => progress.tick(++count),
    });
    const milliseconds = performance.now() - start;
    return { file, envelope: evaluator.envelopeDigest, tool: flight.version, settled, milliseconds };
  } finally {
    progress.end();
    await symcc.close();
  }
}

function toolsOf({ cedar, solver, timeout }: ProveOptions, { env }: Io): Tools {
  return { cedar, solver: solver ?? env.CVC5 ?? "cvc5", env, timeoutMilliseconds: timeout * 1000 };
}

function judgesOf(evaluator: Evaluator): Judges {
  return {
    reference: planReference(evaluator.envelope, evaluator.envelopeDigest),
    everyone: evaluator.judge,
  };
}
