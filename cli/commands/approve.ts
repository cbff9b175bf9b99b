/** `ambit approve`: one person's approvals of what an envelope asks people for (SPEC §9, §13). */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Option } from "commander";
import { makeVisible } from "../../compiler/diagnostics/quote.ts";
import { neededTransitions, type Transition } from "../../runtime/activation/transitions.ts";
import { readSource } from "../../runtime/artefacts/source.ts";
import type { Signer } from "../../runtime/authority/keys.ts";
import { readDocument } from "../../runtime/people/document.ts";
import { signApproval } from "../../runtime/people/sign.ts";
import { proposalHash } from "../../runtime/proposal-hash.ts";
import type { Envelope } from "../../schema/envelope.ts";
import { canonicalJson, sha256 } from "../../schema/json/canonical.ts";
import type { ApprovalPayload } from "../../schema/people.ts";
import { approveHold } from "../approve/hold.ts";
import type { AddCommand } from "../command.ts";
import { printFindings } from "../findings.ts";
import { readInstant } from "../instant.ts";
import { type ExitCode, type Io, UsageError, write } from "../io.ts";
import { openSigner } from "../keys.ts";
import { usePeopleOption } from "../ledger/use-people.ts";
import { openArtefacts, readable } from "../open.ts";
import { readRegistry } from "../registry.ts";
import { makeFolder, writeNew } from "../write-text.ts";

interface ApproveOptions {
  readonly key: string;
  readonly role: readonly string[];
  readonly output?: string;
  readonly ledger?: string;
  readonly hold?: string;
  readonly people?: string;
  readonly peopleTrust?: readonly string[];
  readonly usePeople?: true;
  readonly json?: true;
  readonly transition?: readonly Transition[];
  readonly bound?: string;
  readonly proposal?: string;
  readonly session?: string;
  readonly refuse?: true;
  readonly until?: string;
  readonly now?: string;
  readonly registry?: string;
}

const hour = 3_600_000;
const transitions: readonly Transition[] = ["activate", "grant_flag", "create_agent", "open_oracle", "resume"];

const example = `
Examples:
  $ ambit approve envelope.json --key ann.key --role risk -o approvals/
  $ ambit approve envelope.json --key ann.key --role risk -o approvals/ --bound effects/pay/approval --proposal call.json

  $ ambit approve --ledger ledger.db --session 4vQ… --hold 17 --key ann.key --role risk

With --hold: what waits in a session, as \`ambit status\` lists it. It is shown, signed and recorded; when the agent proposes the
same again, it is decided on the state of that moment. A refusal is final for that proposal.
Otherwise, without --transition and --bound: every step of the activation that needs two keys. One file for each. Read the sheet first:
\`ambit explain\` prints it.`;

export const addApprove: AddCommand = (program, io, exit) => {
  program
    .command("approve")
    .description("sign approvals: of an activation's steps, or of one bound of one proposal")
    .argument("[envelope.json | out-dir]", "an envelope, or a folder that `ambit compile` wrote; none with --hold")
    .requiredOption("--key <file | env:NAME>", "the private key, as `ambit keygen` writes it")
    .requiredOption("--role <name...>", "in which roles")
    .option("-o, --output <folder>", "where to write; nothing is overwritten")
    .option("--ledger <file | url>", "with --hold: the ledger, an SQLite file that is there, or postgres://…")
    .option("--hold <seq>", "what waits for people: the number of the record that holds it")
    .addOption(new Option("--transition <name...>", "these steps only").choices(transitions))
    .option("--bound <id>", "the bound that is lifted, with --proposal")
    .option("--proposal <file>", "the tool call for which it is lifted, as JSON")
    .option("--session <name>", "for this session only; with --hold: the session, where the ledger has several")
    .option("--refuse", "refuse, instead of approving")
    .option("--until <time>", "RFC 3339, or milliseconds since 1970; an hour from now where it is not given")
    .option("--now <time>", "when it is signed; the clock where it is not given")
    .option("--people <file>", "with --hold: the signed registry of people; that of the ledger where it is not given")
    .option("--people-trust <file...>", "public keys of those who may sign it")
    .option(...usePeopleOption)
    .option("--json", "with --hold: print one JSON object")
    .option("--registry <file>", "add flags, evidence names, metrics, actions and checks")
    .addHelpText("after", example)
    .action(async (path: string | undefined, options: ApproveOptions) => exit(await runApprove(path, options, io)));
};

async function runApprove(path: string | undefined, options: ApproveOptions, io: Io): Promise<ExitCode> {
  const signer = await openSigner(options.key, io.env);
  if (options.hold !== undefined || options.ledger !== undefined) return runHold(path, options, signer, io);
  const { output } = options;
  if (path === undefined || output === undefined)
    throw new UsageError(
      "an envelope and `--output` are needed, or `--ledger` and `--hold` for what waits in a session",
    );
  const opened = await openArtefacts(path, await readRegistry(options.registry));
  if (!opened.ok) {
    await printFindings(path, opened.diagnostics, io);
    return 1;
  }
  const envelope = readSource(opened.artefacts);
  const now = readInstant("--now", options.now, io);
  const until = options.until === undefined ? now + hour : readInstant("--until", options.until, io);
  const [iat, exp] = expectLater(now, until);
  const things = await thingsOf(envelope, options);
  if (things.length === 0) await write(io.stdout, `${makeVisible(path)} asks for no second key\n`);
  await makeFolder(output);
  for (const { thing, name, because } of things) {
    const payload = {
      envelope: sha256(canonicalJson(envelope)),
      ...(options.session === undefined ? {} : { session: options.session }),
      ...thing,
      decision: options.refuse ? "refuse" : "approve",
      roles: [...options.role],
      iat,
      exp,
    };
    const file = await writeApproval(payload, name, signer, output);
    await write(io.stdout, `${payload.decision} ${name}${because}: ${makeVisible(file)}\n`);
  }
  return 0;
}

async function runHold(path: string | undefined, options: ApproveOptions, signer: Signer, io: Io): Promise<ExitCode> {
  const { ledger, hold, output, transition, proposal, until } = options;
  if (ledger === undefined || hold === undefined)
    throw new UsageError("`--ledger` and `--hold` go together: where it waits, and what");
  if (path !== undefined || output !== undefined || transition !== undefined || proposal !== undefined)
    throw new UsageError("with `--hold` the ledger says what is signed, and keeps it: no envelope, output or proposal");
  const now = readInstant("--now", options.now, io);
  const end = until === undefined ? undefined : readInstant("--until", until, io);
  if (end !== undefined) expectLater(now, end);
  return approveHold({ ...options, ledger, hold }, { signer, now, until: end }, io);
}

/** From when to when an approval counts, in seconds. @throws UsageError where that is no time at all */
function expectLater(now: number, until: number): readonly [iat: number, exp: number] {
  const [iat, exp] = [Math.floor(now / 1000), Math.floor(until / 1000)];
  if (iat >= exp) throw new UsageError("`--until` is not after the time of signing");
  return [iat, exp];
}

interface Thing {
  readonly thing: Pick<ApprovalPayload, "transition" | "bound" | "proposalHash">;
  readonly name: string;
  readonly because: string;
}

async function thingsOf(envelope: Envelope, options: ApproveOptions): Promise<readonly Thing[]> {
  const { transition, bound, proposal } = options;
  if ((bound === undefined) !== (proposal === undefined))
    throw new UsageError("`--bound` and `--proposal` go together: a bound is lifted for one call");
  if (bound !== undefined && proposal !== undefined) {
    if (transition !== undefined) throw new UsageError("an approval is of a bound, or of a transition");
    const proposalHash = await hashOf(envelope, bound, proposal);
    if (options.session === undefined)
      throw new UsageError(
        "`--bound` needs `--session`: an approval that names none would count again in another ledger",
      );
    return [{ thing: { bound, proposalHash }, name: bound, because: "" }];
  }
  const needed = neededTransitions(envelope);
  const chosen = transition ?? needed.map((each) => each.transition);
  return [...new Set(chosen)].map((name) => {
    const because = needed.find((each) => each.transition === name)?.because;
    return { thing: { transition: name }, name, because: because === undefined ? "" : `, as ${because}` };
  });
}

async function hashOf(envelope: Envelope, bound: string, file: string): Promise<string> {
  const lifted = Object.entries(envelope.effects).flatMap(([name, { approval, channel }]) => [
    ...(approval === undefined ? [] : [`effects/${name}/approval`]),
    ...(channel === "propose" ? [`effects/${name}/channel`] : []),
  ]);
  if (!lifted.includes(bound))
    throw new UsageError(`the envelope has no such bound that people lift; it has ${lifted.join(", ") || "none"}`);
  const hash = proposalHash(await readable(file, () => readFile(file)));
  if (hash === undefined) throw new UsageError(`\`${file}\` is no proposal: \`{"tool", "args"}\` was expected`);
  return hash;
}

async function writeApproval(payload: unknown, name: string, signer: Signer, folder: string): Promise<string> {
  const read = readDocument("approval", payload);
  if (!read.ok) throw new UsageError(`what was asked for ${read.reason}`);
  const file = join(folder, `${[name, signer.kid].join(".").replaceAll(/[^\w.-]/g, "_")}.json`);
  await writeNew(file, await signApproval(signer, read.document));
  return file;
}
