/** `ambit audit`: whether a ledger is what it says it is, from its bytes up to its money (SPEC §7, §13). */
import { readFile } from "node:fs/promises";
import { readEnvelope } from "../../compiler/read/read.ts";
import type { ClaimRow } from "../../runtime/audit/claims.ts";
import { LedgerAudit } from "../../runtime/audit/ledger-audit.ts";
import type { AuditOptions, SessionReport } from "../../runtime/audit/session-audit.ts";
import type { KeyRing } from "../../runtime/authority/key-ring.ts";
import { reasonOf } from "../../runtime/fault.ts";
import { signCheckpoint } from "../../runtime/ledger/checkpoint/signed-checkpoint.ts";
import { type People, readPeople } from "../../runtime/people/registry.ts";
import type { AddCommand } from "../command.ts";
import { coloursOf, type ExitCode, type Io, UsageError, write } from "../io.ts";
import { openSigner, openTrust } from "../keys.ts";
import { humanReport, jsonReport } from "../ledger/audit-report.ts";
import { originOf, readCheckpointKeys, readCheckpoints } from "../ledger/checkpoints.ts";
import { type LedgerSource, openLedger } from "../ledger/source.ts";
import { readable } from "../open.ts";
import { progressOn } from "../progress.ts";
import { readRegistry } from "../registry.ts";
import { replaceText } from "../write-text.ts";

interface AuditCommandOptions {
  readonly session?: string;
  readonly trust?: readonly string[];
  readonly executors?: readonly string[];
  readonly feeds?: readonly string[];
  readonly people?: string;
  readonly peopleTrust?: readonly string[];
  readonly checkpoint?: readonly string[];
  readonly checkpointKey?: string;
  readonly checkpointOut?: string;
  readonly key?: string;
  readonly gateway?: string;
  readonly registry?: string;
  readonly json?: true;
}

const example = `
Examples:
  $ ambit audit ledger.db --trust issuer.jwk
  $ ambit audit ledger.jsonl --checkpoint kept.note --checkpoint-key gateway.jwk --json

Verified are the bytes and hashes of every record, the chain, what the session's state admits, that no limit of the envelope was
overspent, that every request was judged by the facts that the ledger tells, and the signatures that keys are given for. A
checkpoint that is kept elsewhere shows whether records were cut off or replaced. Exit status 1 if there are findings.`;

export const addAudit: AddCommand = (program, io, exit) => {
  program
    .command("audit")
    .description("verify a ledger: hashes, chain, limits, signatures, checkpoints")
    .argument("<ledger>", "a SQLite file, postgres://…, or records as JSON lines; `-` reads them from standard input")
    .option("--session <id>", "only this session")
    .option("--trust <file...>", "public keys of who issues envelopes and templates: JWK sets, or single JWKs")
    .option("--executors <file...>", "public keys of the executors that sign receipts; with --trust alone none stands")
    .option(
      "--feeds <file...>",
      "public keys of the feeds that sign reports of evidence; with --trust alone none stands",
    )
    .option("--people <file>", "the signed registry of people: approvals are verified against it")
    .option(
      "--people-trust <file...>",
      "public keys of those who may sign it, and the registries that the ledger names, which people are judged by where --people is not given; those of --trust where it is not given",
    )
    .option("--checkpoint <file...>", "signed checkpoints that the ledger must continue")
    .option("--checkpoint-key <key>", "who signs them: `name+id+base64`, or a file of public JWKs")
    .option("--checkpoint-out <file>", "write a signed checkpoint of the session, if it is sound")
    .option("--key <file | env:NAME>", "the private JWK that signs it")
    .option("--gateway <name>", "whose session it is: its checkpoint is of `<name>/<session>`")
    .option("--registry <file>", "add flags, evidence names, metrics, actions and checks")
    .option("--json", "print one JSON object for each session")
    .addHelpText("after", example)
    .action(async (path: string, options: AuditCommandOptions) => exit(await runAudit(path, options, io)));
};

async function runAudit(path: string, options: AuditCommandOptions, io: Io): Promise<ExitCode> {
  const { session, checkpointOut, key, gateway } = options;
  if (checkpointOut !== undefined && (key === undefined || gateway === undefined))
    throw new UsageError("`--checkpoint-out` needs `--key`, who signs it, and `--gateway`, whose session it is of");
  const given = await auditOptions(options);
  const source = await openLedger(path, session, io);
  const reports: SessionReport[] = [];
  let isSound = true;
  const audit = new LedgerAudit(given, session);
  try {
    for await (const report of reportsOf(source, audit, given, session, io)) {
      isSound &&= report.findings === 0;
      if (checkpointOut !== undefined && reports.length < 2) reports.push(report);
      await write(io.stdout, options.json ? jsonReport(report) : humanReport(report, coloursOf(io)));
    }
  } finally {
    await source.close();
  }
  if (checkpointOut !== undefined && isSound) await writeCheckpoint(checkpointOut, reports, options, io);
  return isSound ? 0 : 1;
}

/** Sessions as they are done, where the ledger keeps each of them together; all of them at the end, where it does not. */
async function* reportsOf(
  source: LedgerSource,
  audit: LedgerAudit,
  { checkpoints = new Map() }: AuditOptions,
  session: string | undefined,
  io: Io,
): AsyncGenerator<SessionReport> {
  const progress = progressOn(io.stderr, "records", io.now);
  const unseen = new Set([...checkpoints.keys()].filter((name) => session === undefined || name === session));
  let sessions = 0;
  const finish = async function* () {
    for await (const report of audit.finished()) {
      sessions += 1;
      unseen.delete(report.session ?? "");
      progress.end();
      yield report;
    }
  };
  let current: string | undefined;
  try {
    for await (const line of source.lines) {
      if (source.inOrder && line.row?.session !== current) yield* finish();
      current = line.row?.session;
      const wait = audit.take(line);
      if (wait !== undefined) await wait;
      if (line.line % 256 === 0) progress.tick(line.line);
    }
    const claims: ClaimRow[] = [];
    for await (const claim of source.claims?.() ?? []) claims.push(claim);
    if (source.claims !== undefined) audit.claims(claims);
  } catch (error) {
    audit.add("LEDGER_UNREADABLE", `the ledger cannot be read on: ${reasonOf(error)}`);
  }
  yield* finish();
  for (const name of unseen) audit.add("SESSION_MISSING", `a checkpoint speaks of session ${name}, which is not there`);
  if (sessions === 0 && unseen.size === 0) audit.add("SESSION_MISSING", nothingIn(session));
  progress.end();
  const strays = audit.end();
  if (strays !== undefined) yield strays;
}

function nothingIn(session: string | undefined): string {
  return session === undefined ? "there are no records to be audited" : `the ledger has no session \`${session}\``;
}

async function auditOptions(options: AuditCommandOptions): Promise<AuditOptions> {
  const { trust, checkpoint = [], checkpointKey } = options;
  if (checkpoint.length > 0 && checkpointKey === undefined)
    throw new UsageError("`--checkpoint` needs `--checkpoint-key`: nobody vouches for it otherwise");
  const registry = await readRegistry(options.registry);
  const keys = await ringOf(trust);
  const checkpoints =
    checkpointKey === undefined
      ? new Map()
      : await readCheckpoints(checkpoint, await readCheckpointKeys(checkpointKey));
  return {
    readEnvelope: (document) => readEnvelope(document, registry === undefined ? {} : { registry }).envelope,
    keys,
    executors: await ringOf(options.executors),
    feeds: await ringOf(options.feeds),
    people: await openPeople(options, keys),
    registrars: await ringOf(options.peopleTrust),
    checkpoints,
  };
}

async function ringOf(files: readonly string[] | undefined): Promise<KeyRing | undefined> {
  return files === undefined ? undefined : openTrust(files);
}

async function openPeople(
  { people, peopleTrust }: AuditCommandOptions,
  keys: KeyRing | undefined,
): Promise<People | undefined> {
  if (people === undefined) return undefined;
  const trusted = (await ringOf(peopleTrust)) ?? keys;
  if (trusted === undefined)
    throw new UsageError("`--people` needs `--people-trust` or `--trust`: who signs the registry");
  const read = await readPeople(await readable(people, () => readFile(people, "utf8")), trusted);
  if (read.ok) return read.people;
  throw new UsageError(`the registry of people \`${people}\` ${read.reason}`);
}

/** @throws UsageError where there is not exactly one session, or the key does not sign */
async function writeCheckpoint(
  file: string,
  reports: readonly SessionReport[],
  { key = "", gateway = "" }: AuditCommandOptions,
  io: Io,
): Promise<void> {
  const [report, another] = reports;
  if (report?.session == null || another !== undefined)
    throw new UsageError("a checkpoint is of one session: name it with `--session`");
  const checkpoint = { origin: originOf(gateway, report.session), head: report.tree };
  const signed = await signCheckpoint(checkpoint, [await openSigner(key, io.env)]);
  if (!signed.ok) throw new UsageError(`the checkpoint ${signed.reason}`);
  await replaceText(file, signed.note);
}
