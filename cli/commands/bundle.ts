/** `ambit bundle`: any number of envelopes into one OPA bundle (SPEC §6). */
import { readFile } from "node:fs/promises";
import { type Bundling, bundle } from "../../compiler/bundle.ts";
import { makeVisible } from "../../compiler/diagnostics/quote.ts";
import { severitiesOf } from "../../compiler/read/severities.ts";
import { archive } from "../../compiler/targets/rego/archive.ts";
import { type SigningKey, signBundle } from "../../compiler/targets/rego/signature.ts";
import { KeyRefused, readSigningKey } from "../bundle/signing-key.ts";
import type { AddCommand } from "../command.ts";
import { expectEnvelope } from "../expect-envelope.ts";
import { expandFiles } from "../files.ts";
import { printFindings } from "../findings.ts";
import { type ExitCode, type Io, UsageError, write } from "../io.ts";
import { readable } from "../open.ts";
import { readRegistry } from "../registry.ts";
import { writeBundle } from "../write-file.ts";

interface BundleCommandOptions {
  readonly output: string;
  readonly wasm?: true;
  readonly none?: true;
  readonly sign?: string;
  readonly kid?: string;
  readonly revision?: string;
  readonly strict?: true;
  readonly registry?: string;
  readonly json?: true;
}

const example = `
Examples:
  $ ambit bundle envelope.json -o bundle.tar.gz
  $ ambit bundle 'envelopes/*.json' -o bundle.tar.gz --sign key.pem --kid ops-1

A request finds its envelope by digest; one that is not in the bundle is denied. The same envelopes give the same bytes in any
order. A signature by ES256 or PS256 differs each time; the digest of what is signed does not.`;

export const addBundle: AddCommand = (program, io, exit) => {
  program
    .command("bundle")
    .description("put any number of envelopes into one OPA bundle")
    .argument("[envelope...]", "envelopes, or glob patterns")
    .requiredOption("-o, --output <file>", "where to write; an earlier bundle is replaced at once")
    .option("--wasm", "for WebAssembly hosts: policy.wasm instead of the sources")
    .option("--none", "no envelope: a bundle that denies everything")
    .option("--sign <key>", "sign with a private key: a JWK or PEM file for ES256, RS256, PS256 or HS256")
    .option("--kid <id>", "how the verifying OPA calls the key")
    .option("--revision <text>", "what OPA reports as the revision; the digest of the contents where it is not given")
    .option("--strict", "take warnings for errors")
    .option("--registry <file>", "add flags, evidence names, metrics, actions and checks")
    .option("--json", "print one JSON object")
    .addHelpText("after", example)
    .action(async (patterns: string[], options: BundleCommandOptions) => exit(await runBundle(patterns, options, io)));
};

async function runBundle(patterns: readonly string[], options: BundleCommandOptions, io: Io): Promise<ExitCode> {
  if (patterns.length === 0 && !options.none)
    throw new UsageError("name an envelope, or say `--none` for a bundle that denies everything");
  if (patterns.length > 0 && options.none) throw new UsageError("`--none` is for a bundle without envelopes");
  if (options.revision === "") throw new UsageError("`--revision` is empty");
  const key = await signingKey(options);
  const registry = await readRegistry(options.registry);
  const files = await expandFiles(patterns);
  const sources = await Promise.all(files.map((file) => readable(file, () => readFile(file))));
  for (const [index, source] of sources.entries()) expectEnvelope(files[index] ?? "", source);
  const { members, bundle: made } = bundle(sources, {
    ...(registry === undefined ? {} : { registry }),
    ...(options.revision === undefined ? {} : { revision: options.revision }),
    form: options.wasm ? "wasm" : "rego",
  });
  const warned = members.some(({ diagnostics }) => severitiesOf(diagnostics).warning > 0);
  const ok = made !== undefined && !(options.strict && warned);
  if (ok) {
    const content = key === undefined ? made.files : await signBundle(made.files, key);
    await writeBundle(options.output, archive(content));
  }
  const written: Written | undefined = ok
    ? { output: options.output, ...made, ...(key === undefined ? {} : { signed: key }) }
    : undefined;
  if (options.json) await write(io.stdout, jsonLine(files, members, written));
  else await printReport(files, members, written, io);
  return ok ? 0 : 1;
}

interface Written {
  readonly output: string;
  readonly digest: string;
  readonly revision: string;
  readonly signed?: SigningKey;
}

async function signingKey({ sign, kid }: BundleCommandOptions): Promise<SigningKey | undefined> {
  if (sign === undefined && kid !== undefined)
    throw new UsageError("`--kid` names the key of `--sign`, which is missing");
  if (sign === undefined) return undefined;
  const text = await readable(sign, () => readFile(sign, "utf8"));
  try {
    return readSigningKey(text, kid);
  } catch (error) {
    if (error instanceof KeyRefused) throw new UsageError(`the key \`${sign}\` ${error.message}`);
    throw error;
  }
}

function jsonLine(files: readonly string[], members: Bundling["members"], written: Written | undefined): string {
  const envelopes = members.map(({ diagnostics, envelope, repeats }, index) => ({
    file: files[index],
    ...(envelope === undefined ? {} : { id: envelope.id, envelope: envelope.digest }),
    ...(repeats === undefined ? {} : { repeats: files[repeats] }),
    diagnostics,
  }));
  const { output, digest, revision, signed } = written ?? {};
  const signature = signed === undefined ? {} : { signed: { alg: signed.algorithm, kid: signed.kid } };
  return `${JSON.stringify({ ok: written !== undefined, output, digest, revision, ...signature, envelopes })}\n`;
}

async function printReport(
  files: readonly string[],
  members: Bundling["members"],
  written: Written | undefined,
  io: Io,
): Promise<void> {
  const nameOf = (index: number) => makeVisible(files[index] ?? "");
  for (const [index, { diagnostics, repeats }] of members.entries()) {
    await printFindings(files[index] ?? "", diagnostics, io);
    if (repeats !== undefined)
      await write(io.stderr, `${nameOf(index)} is the same envelope as ${nameOf(repeats)}: name it once\n`);
  }
  if (written === undefined) return;
  const { output, digest, revision, signed } = written;
  const lines = [
    `wrote ${output}`,
    `  digest   ${digest}`,
    ...(revision === digest ? [] : [`  revision ${revision}`]),
    ...(signed === undefined ? [] : [`  signed   ${signed.algorithm} ${makeVisible(signed.kid)}`]),
    ...members.map(({ envelope }, index) => `  envelope ${envelope?.digest} ${nameOf(index)}`),
  ];
  await write(io.stdout, `${lines.join("\n")}\n`);
}
