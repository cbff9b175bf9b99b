/** `ambit activate`: a signed envelope becomes a session, or a record that says why not (SPEC §12). */
import { readFile, stat } from "node:fs/promises";
import { compile } from "../../compiler/compile.ts";
import { makeVisible } from "../../compiler/diagnostics/quote.ts";
import { exceeds } from "../../compiler/order/template.ts";
import { readTemplate } from "../../compiler/read/template.ts";
import { type Activation, activate } from "../../runtime/activation/activate.ts";
import type { SignedRegistry } from "../../runtime/activation/people.ts";
import type { Templates } from "../../runtime/activation/template/check.ts";
import { ArtefactsRefused } from "../../runtime/artefacts/refused.ts";
import type { KeyRing } from "../../runtime/authority/key-ring.ts";
import { createHost } from "../../runtime/load.ts";
import { cedarWasm } from "../../runtime/node/cedar-wasm.ts";
import { loadFolder } from "../../runtime/node/load-folder.ts";
import { sqliteStore } from "../../runtime/node/sqlite-store.ts";
import type { Artefacts } from "../../schema/artefacts.ts";
import type { Registry } from "../../schema/registry.ts";
import type { AddCommand } from "../command.ts";
import { expandFiles } from "../files.ts";
import { printFindings } from "../findings.ts";
import { readInstant } from "../instant.ts";
import { coloursOf, type ExitCode, type Io, UsageError, write } from "../io.ts";
import { openTrust } from "../keys.ts";
import { readable } from "../open.ts";
import { readRegistry } from "../registry.ts";

interface ActivateOptions {
  readonly ledger: string;
  readonly trust: readonly string[];
  readonly signature?: string;
  readonly people?: string;
  readonly peopleTrust?: readonly string[];
  readonly template?: readonly string[];
  readonly templateTrust?: readonly string[];
  readonly approval?: readonly string[];
  readonly now?: string;
  readonly registry?: string;
  readonly json?: true;
}

const example = `
Examples:
  $ ambit activate envelope.json --ledger ledger.db --trust issuer.jwk
  $ ambit activate out/ --ledger ledger.db --trust issuer.jwk --people people.signed.json --approval approvals/*.json
  $ ambit activate envelope.json --ledger ledger.db --trust issuer.jwk --template template.json --template-trust owner.jwk

Checked are, in this order: version, schema, rules, signature, integrity, time, template, parent, people, approvals, id,
window. Exit status 1 with the first check that fails, which the ledger records too. An id is activated at most once.`;

export const addActivate: AddCommand = (program, io, exit) => {
  program
    .command("activate")
    .description("check a signed envelope, and begin its session in a ledger")
    .argument("<envelope.json | out-dir>", "an envelope, or a folder that `ambit compile` wrote")
    .requiredOption("--ledger <file>", "the ledger, an SQLite file; made where it is not there")
    .requiredOption("--trust <file...>", "public keys of those who may issue envelopes: JWK sets, or single JWKs")
    .option("--signature <file>", "the envelope's signatures; <envelope or folder>.jws where it is not given")
    .option("--people <file>", "the signed registry of people")
    .option("--people-trust <file...>", "public keys of those who may sign it; those of --trust where it is not given")
    .option("--template <file...>", "templates, of which the envelope may name one; their signatures in <file>.jws")
    .option(
      "--template-trust <file...>",
      "public keys of those who may sign them; those of --trust where it is not given",
    )
    .option("--approval <file...>", "signed approvals of the steps that need two keys, or glob patterns")
    .option("--now <time>", "RFC 3339, or milliseconds since 1970; the clock where it is not given")
    .option("--registry <file>", "add flags, evidence names, metrics, actions and checks")
    .option("--json", "print one JSON object")
    .addHelpText("after", example)
    .action(async (path: string, options: ActivateOptions) => exit(await runActivate(path, options, io)));
};

async function runActivate(path: string, options: ActivateOptions, io: Io): Promise<ExitCode> {
  const names = await readRegistry(options.registry);
  const trusted = await openTrust(options.trust);
  const registry = await openPeople(options, trusted);
  const templates = await openTemplates(options, trusted, names);
  const files = await expandFiles(options.approval ?? []);
  const approvals = await Promise.all(files.map((file) => readable(file, () => readFile(file, "utf8"))));
  const beside = signatureBeside(path);
  const signature = await openSignature(beside, options.signature);
  const given = await openGiven(path);
  const host = createHost({ cedarWasm: await cedarWasm() });
  const store = sqliteStore(options.ledger);
  const activation = await activate({
    store,
    given,
    compile: (source) => compile(source, names === undefined ? {} : { registry: names }),
    load: (artefacts) => host.load(artefacts),
    trusted,
    approvals,
    now: readInstant("--now", options.now, io),
    signature,
    registry,
    templates,
  }).finally(() => store.close());
  await (options.json ? write(io.stdout, jsonLine(path, activation)) : printAnswer(path, activation, io));
  if (!options.json && activation.outcome === "rejected" && activation.check === "signature" && signature === undefined)
    await write(
      io.stderr,
      `  there is no file ${makeVisible(beside)} that can be read: name another one with --signature\n`,
    );
  if (activation.outcome !== "activated") return 1;
  activation.evaluator.drop();
  return 0;
}

async function openPeople(options: ActivateOptions, trusted: KeyRing): Promise<SignedRegistry | undefined> {
  const { people, peopleTrust } = options;
  if (people === undefined && peopleTrust !== undefined)
    throw new UsageError("`--people-trust` is for the registry of `--people`, which is missing");
  if (people === undefined) return undefined;
  const text = await readable(people, () => readFile(people, "utf8"));
  return { text, trusted: peopleTrust === undefined ? trusted : await openTrust(peopleTrust) };
}

async function openTemplates(
  { template, templateTrust }: ActivateOptions,
  trusted: KeyRing,
  names: Registry | undefined,
): Promise<Templates | undefined> {
  if (template === undefined && templateTrust !== undefined)
    throw new UsageError("`--template-trust` is for the templates of `--template`, which is missing");
  if (template === undefined) return undefined;
  const given = await Promise.all(
    template.map(async (file) => ({
      document: await readable(file, () => readFile(file)),
      signature: await readable(`${file}.jws`, () => readFile(`${file}.jws`, "utf8")),
    })),
  );
  return {
    given,
    trusted: templateTrust === undefined ? trusted : await openTrust(templateTrust),
    read: (source) => readTemplate(source, names === undefined ? {} : { registry: names }),
    exceeds,
  };
}

/** Where the signatures are looked for, if nobody names them. */
function signatureBeside(path: string): string {
  return `${path.replace(/(?<=.)\/+$/, "")}.jws`;
}

/** One that is not named may be missing: the check says so, and the ledger records it. */
async function openSignature(beside: string, named: string | undefined): Promise<string | undefined> {
  if (named !== undefined) return readable(named, () => readFile(named, "utf8"));
  return readFile(beside, "utf8").catch(() => undefined);
}

async function openGiven(path: string): Promise<Artefacts | Uint8Array> {
  const isFolder = await readable(path, async () => (await stat(path)).isDirectory());
  if (!isFolder) return readable(path, () => readFile(path));
  try {
    return await loadFolder(path);
  } catch (error) {
    if (error instanceof ArtefactsRefused) throw new UsageError(`\`${path}\` does not load: ${error.message}`);
    return readable(path, () => Promise.reject(error));
  }
}

function jsonLine(file: string, activation: Activation): string {
  if (activation.outcome === "activated") {
    const { outcome, session, evaluator } = activation;
    const digests = { envelope: evaluator.envelopeDigest, policy: evaluator.policyDigest };
    return `${JSON.stringify({ file, ok: true, outcome, session, ...digests })}\n`;
  }
  const { fault, ...rest } = { fault: undefined, ...activation };
  const why = fault === undefined ? {} : { fault: { code: fault.code, message: fault.message } };
  return `${JSON.stringify({ file, ok: false, ...rest, ...why })}\n`;
}

async function printAnswer(path: string, activation: Activation, io: Io): Promise<void> {
  const file = makeVisible(path);
  if (activation.outcome === "activated") {
    const { session, evaluator } = activation;
    const colours = coloursOf(io);
    await write(
      io.stdout,
      `${colours.green("activated")} ${file}\n  session  ${session}\n  envelope ${evaluator.envelopeDigest}\n  policy   ${evaluator.policyDigest}\n`,
    );
    return;
  }
  if (activation.outcome === "failed") {
    await write(io.stderr, `${file}: not activated: ${makeVisible(activation.fault.message)}\n`);
    return;
  }
  const { check, message, diagnostics = [], session, fault } = activation;
  await printFindings(path, diagnostics, io);
  await write(
    io.stderr,
    `${file}: ${coloursOf(io, io.stderr).red("rejected")} by the check \`${check}\`: ${makeVisible(message)}\n`,
  );
  if (session !== undefined) await write(io.stderr, `  recorded in session ${session}\n`);
  if (fault !== undefined) await write(io.stderr, `  not recorded: ${makeVisible(fault.message)}\n`);
}
