/** `ambit sign`: one person's or issuer's signature over an envelope, a template, a registry of people, an approval, an order (SPEC §12). */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { Option } from "commander";
import { makeVisible } from "../../compiler/diagnostics/quote.ts";
import { readEnvelope } from "../../compiler/read/read.ts";
import { isSaidTemplate, readTemplate } from "../../compiler/read/template.ts";
import { signDetached } from "../../runtime/authority/jws/detached.ts";
import { typOf } from "../../runtime/authority/jws/typ.ts";
import type { Signer } from "../../runtime/authority/keys.ts";
import { ownMember } from "../../runtime/own.ts";
import { payloadOf, readDocument } from "../../runtime/people/document.ts";
import { neverCounts } from "../../runtime/people/never-counts.ts";
import { readRegisteredKeys } from "../../runtime/people/registry.ts";
import { signPeopleDocument } from "../../runtime/people/sign.ts";
import type { StatementKind } from "../../runtime/people/statement.ts";
import { sha256 } from "../../schema/json/canonical.ts";
import { parseJson, toValue } from "../../schema/json/parse.ts";
import type { AddCommand } from "../command.ts";
import { expectEnvelope } from "../expect-envelope.ts";
import { printFindings } from "../findings.ts";
import { type ExitCode, type Io, UsageError, write } from "../io.ts";
import { openSigner } from "../keys.ts";
import { readable } from "../open.ts";
import { readRegistry } from "../registry.ts";
import { earlierSignatures, hasSigned, signaturesOf } from "../sign/detached-file.ts";
import { replaceText, writeNew } from "../write-text.ts";

type Kind = keyof typeof typOf;

interface SignOptions {
  readonly key: string;
  readonly as: Kind;
  readonly output?: string;
  readonly registry?: string;
  readonly json?: true;
}

const example = `
Examples:
  $ ambit sign envelope.json --key issuer.key
  $ ambit sign template.json --as template --key owner.key
  $ ambit sign people.json --as registry --key security.key -o people.signed.json

Signatures of envelopes and templates stand beside the document, in <file>.jws; a second one is added to the first. A registry, an
approval or an order is written anew, with its signature in the same file. What is signed is the RFC 8785 form: layout does not matter.`;

export const addSign: AddCommand = (program, io, exit) => {
  program
    .command("sign")
    .description("sign an envelope, a template, a registry of people, an approval, or an order")
    .argument("<file>", "the document; a registry may carry signatures already")
    .requiredOption("--key <file | env:NAME>", "the private key, as `ambit keygen` writes it")
    .addOption(new Option("--as <kind>", "what the document is").choices(Object.keys(typOf)).default("envelope"))
    .option("-o, --output <file>", "where to write; <file>.jws where it is not given")
    .option("--registry <file>", "add flags, evidence names, metrics, actions and checks")
    .option("--json", "print one JSON object")
    .addHelpText("after", example)
    .action(async (file: string, options: SignOptions) => exit(await runSign(file, options, io)));
};

async function runSign(file: string, options: SignOptions, io: Io): Promise<ExitCode> {
  const signer = await openSigner(options.key, io.env);
  const source = await readable(file, () => readFile(file));
  const parsed = parseJson(source);
  if (options.as === "envelope" || options.as === "template") {
    if (options.as === "template" && parsed.ok && !isSaidTemplate(source))
      throw new UsageError(`\`${file}\` is no template: \`"kind": "template"\` was expected`);
    if (options.as === "envelope") expectEnvelope(file, source);
    const registry = await readRegistry(options.registry);
    const read = options.as === "template" ? readTemplate : readEnvelope;
    const { diagnostics } = read(source, registry === undefined ? {} : { registry });
    if (diagnostics.some(({ severity }) => severity === "error")) {
      await printFindings(file, diagnostics, io);
      return 1;
    }
  }
  if (!parsed.ok) throw new UsageError(`\`${file}\` is no JSON: ${parsed.problems[0]?.message ?? "it does not parse"}`);
  const value = toValue(parsed.root);
  const isBeside = options.as === "envelope" || options.as === "template";
  const signed = isBeside
    ? await signBeside(file, value, signer, options)
    : await signWithin(file, value, signer, options);
  const said = {
    file,
    ok: true,
    as: options.as,
    output: signed.output,
    kid: signer.kid,
    digest: sha256(signed.payload),
  };
  const lines = [
    `signed ${makeVisible(file)} with \`${makeVisible(signer.kid)}\`: ${makeVisible(signed.output)}`,
    `  ${options.as} ${said.digest}`,
  ];
  await write(io.stdout, options.json ? `${JSON.stringify(said)}\n` : `${lines.join("\n")}\n`);
  return 0;
}

interface Signed {
  readonly output: string;
  readonly payload: Uint8Array;
}

async function signBeside(file: string, value: unknown, signer: Signer, options: SignOptions): Promise<Signed> {
  const output = options.output ?? `${file}.jws`;
  const earlier = existsSync(output) ? await earlierSignatures(output) : [];
  if (hasSigned(signer.kid, earlier))
    throw new UsageError(`\`${output}\` has a signature of \`${signer.kid}\` already`);
  const payload = payloadOf(value);
  const signature = await signDetached(signer, typOf[options.as], payload);
  const text = `${JSON.stringify({ signatures: [...earlier, signature] }, null, 2)}\n`;
  await (earlier.length === 0 ? writeNew(output, text) : replaceText(output, text));
  return { output, payload };
}

async function signWithin(file: string, value: unknown, signer: Signer, { as, output }: SignOptions): Promise<Signed> {
  if (output === undefined) throw new UsageError(`say with \`-o\` where to write the signed ${as}`);
  const text =
    as === "registry"
      ? await signedRegistry(file, value, signer)
      : await signedStatement(as === "order" ? "order" : "approval", file, value, signer);
  await writeNew(output, text.text);
  return { output, payload: text.payload };
}

interface SignedText {
  readonly text: string;
  readonly payload: Uint8Array;
}

async function signedRegistry(file: string, value: unknown, signer: Signer): Promise<SignedText> {
  const jws = ownMember(value, "jws");
  const earlier = jws === undefined ? [] : signaturesOf(jws);
  if (earlier === undefined) throw new UsageError(`\`${file}\` holds no signatures in its \`jws\``);
  if (hasSigned(signer.kid, earlier)) throw new UsageError(`\`${file}\` has a signature of \`${signer.kid}\` already`);
  const read = readDocument("registry", jws === undefined ? value : ownMember(value, "registry"));
  if (!read.ok) throw new UsageError(`\`${file}\` ${read.reason}`);
  const keys = await readRegisteredKeys(read.document);
  if (!keys.ok) throw new UsageError(`\`${file}\` ${keys.reason}`);
  const text = await signPeopleDocument(signer, "registry", read.document, earlier);
  return { text, payload: payloadOf(read.document) };
}

async function signedStatement(kind: StatementKind, file: string, value: unknown, signer: Signer): Promise<SignedText> {
  const read = readDocument(kind, value);
  if (!read.ok) throw new UsageError(`\`${file}\` ${read.reason}`);
  const reason = neverCounts(read.document);
  if (reason !== undefined) throw new UsageError(`\`${file}\` ${reason}`);
  return { text: await signPeopleDocument(signer, kind, read.document), payload: payloadOf(read.document) };
}
