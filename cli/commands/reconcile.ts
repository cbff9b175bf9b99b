/** `ambit reconcile`: a session's ledger against the executor's own log (SPEC §10, §13). */
import { open } from "node:fs/promises";
import { makeVisible } from "../../compiler/diagnostics/quote.ts";
import { readEnvelope } from "../../compiler/read/read.ts";
import { mostFindings, type Reconciled } from "../../runtime/reconcile/finding.ts";
import { type GivenLine, reconcile } from "../../runtime/reconcile/reconcile.ts";
import { incidentsOf } from "../../runtime/reconcile/record.ts";
import type { Envelope } from "../../schema/envelope.ts";
import type { AddCommand } from "../command.ts";
import { readInstant } from "../instant.ts";
import { coloursOf, type ExitCode, type Io, UsageError, write } from "../io.ts";
import { openSigner } from "../keys.ts";
import { firstRecord } from "../ledger/operated.ts";
import type { Orderer } from "../ledger/order.ts";
import { openPeople } from "../ledger/people.ts";
import { jsonLines } from "../ledger/source.ts";
import { type LedgerStore, openReader, openStore } from "../ledger/store.ts";
import { readable } from "../open.ts";
import { type IncidentsRecorded, recordIncidents } from "../reconcile/freeze.ts";
import { readRegistry } from "../registry.ts";

interface ReconcileOptions {
  readonly ledger: string;
  readonly session: string;
  readonly log: string;
  readonly key?: string;
  readonly people?: string;
  readonly peopleTrust?: readonly string[];
  readonly role?: readonly string[];
  readonly registry?: string;
  readonly now?: string;
  readonly json?: true;
}

const example = `
Examples:
  $ ambit reconcile --ledger ledger.db --session 4vQ… --log executor.jsonl
  $ ambit reconcile --ledger ledger.db --session 4vQ… --log executor.jsonl --key ann.key --people people.signed.json \\
      --people-trust office.jwk

A line is \`{"jti", "at", "effect"?, "tool"?, "outcome"?, "amounts"?, "session"?}\`, or, where the executor knows no token,
\`{"tool", "args", "at", "effect"?, "outcome"?, "session"?}\`; what is neither is a finding. Exit status 1 if there are findings. With a
key, each of them is recorded as an incident, signed by it, and the session is frozen until two people resume it.`;

export const addReconcile: AddCommand = (program, io, exit) => {
  program
    .command("reconcile")
    .description("hold a session's ledger against the executor's own log")
    .requiredOption("--ledger <file | url>", "the ledger: an SQLite file that is there, or postgres://…")
    .requiredOption("--session <id>", "the session")
    .requiredOption("--log <file>", "what the executor has written down, as JSON lines; `-` for standard input")
    .option("--key <file | env:NAME>", "record what is found, and freeze: the private key of the person who orders it")
    .option("--people <file>", "the signed registry of people, with --key")
    .option("--people-trust <file...>", "public keys of those who may sign it")
    .option("--role <name...>", "in which roles; all that the key has where it is not given")
    .option("--registry <file>", "add flags, evidence names, metrics, actions and checks")
    .option("--now <time>", "RFC 3339, or milliseconds since 1970; the clock where it is not given")
    .option("--json", "print one JSON object")
    .addHelpText("after", example)
    .action(async (options: ReconcileOptions) => exit(await runReconcile(options, io)));
};

async function runReconcile(options: ReconcileOptions, io: Io): Promise<ExitCode> {
  const freezer = await freezerOf(options, io);
  const store = await (freezer === undefined ? openReader(options.ledger) : openStore(options.ledger));
  try {
    const envelope = await envelopeOf(store, options);
    const log = await openLog(options.log, io);
    const answer = await reconcile({ store, session: options.session, envelope }, log.lines).finally(log.close);
    if (!answer.ok) return await refuse(options, io, answer.fault.code, answer.fault.message);
    const { reconciled, known } = answer;
    const incidents = incidentsOf(reconciled.findings, reconciled.count, known);
    const recorded = freezer === undefined ? undefined : await recordIncidents(store, answer.log, incidents, freezer);
    const text = options.json ? jsonOf(options, reconciled, recorded) : humanOf(options, reconciled, recorded, io);
    await write(io.stdout, text);
    if (recorded?.refused !== undefined) {
      const { code, message } = recorded.refused;
      if (!options.json) await write(io.stderr, `not recorded: ${makeVisible(message)} (${code})\n`);
      return 1;
    }
    return reconciled.count === 0 ? 0 : 1;
  } finally {
    await store.close();
  }
}

async function freezerOf(options: ReconcileOptions, io: Io): Promise<Orderer | undefined> {
  const { key, people, peopleTrust, role } = options;
  const now = readInstant("--now", options.now, io);
  if (key === undefined) {
    const forOrders = { "--people": people, "--people-trust": peopleTrust, "--role": role };
    const idle = Object.entries(forOrders).find(([, value]) => value !== undefined);
    if (idle === undefined) return undefined;
    throw new UsageError(`\`${idle[0]}\` needs \`--key\`: without it nothing is recorded, and nobody orders anything`);
  }
  if (people === undefined || peopleTrust === undefined)
    throw new UsageError("`--key` needs `--people` and `--people-trust`: who says that it is somebody\u2019s");
  const signer = await openSigner(key, io.env);
  const registry = await openPeople(people, peopleTrust);
  return { signer, people: registry, roles: role, now };
}

async function envelopeOf(store: LedgerStore, { session, registry }: ReconcileOptions): Promise<Envelope> {
  const record = await firstRecord(store, session);
  if (record.type !== "activated")
    throw new UsageError(`the session \`${session}\` was rejected: nothing was executed in it`);
  const names = await readRegistry(registry);
  const { envelope } = readEnvelope(record.body.document, names === undefined ? {} : { registry: names });
  if (envelope !== undefined) return envelope;
  throw new UsageError(
    `the envelope of \`${session}\` cannot be read: name the registry that it needs (\`--registry\`)`,
  );
}

interface ExecutorLog {
  readonly lines: AsyncIterable<GivenLine>;
  readonly close: () => void;
}

async function openLog(file: string, io: Io): Promise<ExecutorLog> {
  if (file === "-") return { lines: jsonLines(io.stdin), close() {} };
  const handle = await readable(file, () => open(file));
  const stream = handle.createReadStream({ highWaterMark: 1 << 20 });
  // Where the ledger cannot be read, nobody has read the log to its end.
  return { lines: jsonLines(stream), close: () => void stream.destroy() };
}

async function refuse({ session, json }: ReconcileOptions, io: Io, code: string, message: string): Promise<ExitCode> {
  if (json) await write(io.stdout, `${JSON.stringify({ session, ok: false, code, message })}\n`);
  else await write(io.stderr, `not reconciled: ${makeVisible(message)} (${code})\n`);
  return 1;
}

function jsonOf({ session }: ReconcileOptions, { count, ...rest }: Reconciled, recorded?: IncidentsRecorded): string {
  const { lines, matched, others, findings } = rest;
  const { seqs, refused } = recorded ?? {};
  const written = recorded === undefined ? {} : { recorded: seqs, refused };
  return `${JSON.stringify({ session, ok: count === 0, lines, matched, others, count, findings, ...written })}\n`;
}

function humanOf(
  { session, log }: ReconcileOptions,
  { lines, matched, others, count, findings }: Reconciled,
  recorded: IncidentsRecorded | undefined,
  io: Io,
): string {
  const { seqs = [] } = recorded ?? {};
  const colours = coloursOf(io);
  const mark = count === 0 ? colours.green("✓") : colours.red("✗");
  const where = (line?: number) => (line === undefined ? "" : ` (line ${line})`);
  return [
    `${mark} ${colours.bold(makeVisible(session))} and ${makeVisible(log)}\n`,
    `    ${lines} lines, ${matched} of them redeemed here, ${others} of other sessions\n`,
    ...findings.map(({ code, message, line }) => `    ${colours.red(code)} ${makeVisible(message)}${where(line)}\n`),
    ...(count > mostFindings ? [`    … the first ${mostFindings} of ${count} are shown\n`] : []),
    ...(seqs.length === 0 ? [] : [`    frozen, in record ${seqs.join(", ")}\n`]),
  ].join("");
}
