/** `ambit explain`: a code, an envelope as the sheet that people sign, a proposal against every bound, or what remains (SPEC §13). */
import { access, readFile } from "node:fs/promises";
import { codes, isCode } from "../../compiler/diagnostics/catalogue.ts";
import { makeVisible } from "../../compiler/diagnostics/quote.ts";
import { readEnvelope } from "../../compiler/read/read.ts";
import type { Evaluator } from "../../runtime/evaluator.ts";
import { type Artefacts, artefactFiles } from "../../schema/artefacts.ts";
import type { AddCommand } from "../command.ts";
import { answerTo } from "../eval/answer.ts";
import { humanLine } from "../eval/human.ts";
import { knownIds } from "../eval/known-ids.ts";
import { parseProposalFile } from "../explain/proposal-file.ts";
import { remainingText } from "../explain/remaining.ts";
import { readRemaining } from "../explain/session.ts";
import { boundRows, boundTable } from "../explain/table.ts";
import { printFindings } from "../findings.ts";
import { readInstant } from "../instant.ts";
import { coloursOf, type ExitCode, type Io, UsageError, write } from "../io.ts";
import { openArtefacts, openEvaluator, readable } from "../open.ts";
import { readRegistry } from "../registry.ts";
import { explainCode } from "./explain-code.ts";

interface ExplainOptions {
  readonly proposal?: string;
  readonly session?: string;
  readonly now?: string;
  readonly registry?: string;
  readonly json?: true;
}

const example = `
Examples:
  $ ambit explain json/duplicate_key
  $ ambit explain envelope.json > envelope.md
  $ ambit explain envelope.json --proposal call.json
  $ ambit explain envelope.json --session ledger.db

The proposal file holds {"tool", "args"}, or a line of \`ambit eval\` with "now" and "state". A session is only read: what remains
of it is how often, how much, until when, and which people must agree, on the facts that the next call would be judged by.`;

export const addExplain: AddCommand = (program, io, exit) => {
  program
    .command("explain")
    .description(
      "explain a code, an envelope in plain sentences, a proposal bound by bound, or what remains of a session",
    )
    .argument("<code | envelope.json | out-dir>", "`family/slug`, an envelope, or a folder that `ambit compile` wrote")
    .option("--proposal <file>", "show every bound for this call: value, limit, ok or not, where it is written")
    .option("--session <file>", "show what may still be done in the envelope's session in this ledger")
    .option("--now <time>", "with --session: RFC 3339, or milliseconds since 1970; the clock where it is not given")
    .option("--registry <file>", "add flags, evidence names, metrics, actions and checks")
    .option("--json", "with --proposal or --session: print JSON")
    .addHelpText("after", example)
    .action(async (subject: string, options: ExplainOptions) => exit(await runExplain(subject, options, io)));
};

async function runExplain(subject: string, options: ExplainOptions, io: Io): Promise<ExitCode> {
  const { proposal, session, now } = options;
  if (proposal !== undefined && session !== undefined)
    throw new UsageError("`--proposal` and `--session` explain two things: give one of them");
  if (session === undefined && now !== undefined) throw new UsageError("`--now` needs `--session`");
  if (proposal === undefined && session === undefined && (await isMeantAsCode(subject)))
    return explainCode(subject, io);
  const registry = await readRegistry(options.registry);
  const opened = await openArtefacts(subject, registry);
  if (!opened.ok) {
    await printFindings(subject, opened.diagnostics, io);
    return 1;
  }
  if (proposal !== undefined) return explainProposal(subject, opened.artefacts, proposal, options, io);
  if (session !== undefined) return explainSession(subject, opened.artefacts, session, options, io);
  await write(io.stdout, new TextDecoder().decode(opened.artefacts.get(artefactFiles.sheet)));
  return 0;
}

const families: ReadonlySet<string | undefined> = new Set(codes.map((code) => code.split("/")[0]));

/** Of a known family, known or not; a path that reads alike is a path where something is there. */
async function isMeantAsCode(subject: string): Promise<boolean> {
  const [family, slug, ...more] = subject.split("/");
  if (isCode(subject)) return true;
  if (!families.has(family) || slug === undefined || more.length > 0) return false;
  return access(subject).then(
    () => false,
    () => true,
  );
}

async function explainProposal(
  subject: string,
  artefacts: Artefacts,
  file: string,
  options: ExplainOptions,
  io: Io,
): Promise<ExitCode> {
  const evaluator = await openBoth(subject, artefacts, io);
  const bytes = await readable(file, () => readFile(file));
  const answer = answerTo(parseProposalFile(bytes, knownIds(evaluator.envelope)), evaluator, io.now);
  const source = artefacts.get(artefactFiles.source) ?? new Uint8Array();
  const registry = await readRegistry(options.registry);
  const { document } = readEnvelope(source, registry === undefined ? {} : { registry });
  if (document === undefined) throw new UsageError(`\`${subject}\` holds no envelope that can be read`);
  const rows = boundRows(answer.verdict, evaluator.envelope, document);
  const colours = coloursOf(io);
  if (options.json) await write(io.stdout, `${JSON.stringify({ verdict: answer.verdict.verdict, bounds: rows })}\n`);
  else {
    if (rows.length > 0) await write(io.stdout, `${boundTable(rows, makeVisible(subject), colours)}\n`);
    await write(io.stdout, humanLine(answer, 1, evaluator.envelope, colours));
  }
  return answer.isFinding ? 1 : 0;
}

async function explainSession(
  subject: string,
  artefacts: Artefacts,
  file: string,
  options: ExplainOptions,
  io: Io,
): Promise<ExitCode> {
  const now = readInstant("--now", options.now, io);
  const evaluator = await openBoth(subject, artefacts, io);
  const remaining = await readRemaining(file, evaluator, now);
  const { envelope, envelopeDigest } = evaluator;
  if (options.json)
    await write(io.stdout, `${JSON.stringify({ id: envelope.id, envelope: envelopeDigest, ...remaining })}\n`);
  else await write(io.stdout, remainingText(remaining, envelope, coloursOf(io)));
  return 0;
}

function openBoth(subject: string, artefacts: Artefacts, io: Io): Promise<Evaluator> {
  return openEvaluator(subject, artefacts, ["cedar", "rego"], ({ code, message }) =>
    io.stderr.write(`${code}: ${makeVisible(message)}\n`),
  );
}
