/** `ambit verify`: whose signatures stand under a document (SPEC §12, §13). */
import { readFile } from "node:fs/promises";
import { Option } from "commander";
import { makeVisible } from "../../compiler/diagnostics/quote.ts";
import { verifyDetached } from "../../runtime/authority/jws/detached.ts";
import { typOf } from "../../runtime/authority/jws/typ.ts";
import type { KeyRing } from "../../runtime/authority/key-ring.ts";
import { payloadOf } from "../../runtime/people/document.ts";
import { readPeople } from "../../runtime/people/registry.ts";
import { sha256 } from "../../schema/json/canonical.ts";
import { parseJson, toValue } from "../../schema/json/parse.ts";
import type { AddCommand } from "../command.ts";
import { type ExitCode, type Io, UsageError, write } from "../io.ts";
import { openTrust } from "../keys.ts";
import { readable } from "../open.ts";

interface VerifyOptions {
  readonly trust: readonly string[];
  readonly signature?: string;
  readonly as: "envelope" | "template" | "registry";
  readonly json?: true;
}

const example = `
Example:
  $ ambit verify envelope.json --trust issuer.jwk

Exit status 1 unless every signature is good and by a key that is trusted. Whether an envelope may be activated is \`ambit
activate\`'s to say.`;

export const addVerify: AddCommand = (program, io, exit) => {
  program
    .command("verify")
    .description("verify the signatures of an envelope, a template or a registry of people")
    .argument("<file>", "the document")
    .requiredOption("--trust <file...>", "public keys: JWK sets, or single JWKs")
    .option("--signature <file>", "the signatures of an envelope or a template; <file>.jws where it is not given")
    .addOption(
      new Option("--as <kind>", "what the document is")
        .choices(["envelope", "template", "registry"])
        .default("envelope"),
    )
    .option("--json", "print one JSON object")
    .addHelpText("after", example)
    .action(async (file: string, options: VerifyOptions) => exit(await runVerify(file, options, io)));
};

type Verified =
  | { readonly ok: true; readonly digest: string; readonly kids: readonly string[] }
  | { readonly ok: false; readonly message: string };

async function runVerify(file: string, options: VerifyOptions, io: Io): Promise<ExitCode> {
  const trusted = await openTrust(options.trust);
  if (options.as === "registry" && options.signature !== undefined)
    throw new UsageError("a registry carries its signatures: `--signature` is for envelopes and templates");
  const verified =
    options.as === "registry" ? await verifyRegistry(file, trusted) : await verifyBeside(file, trusted, options);
  if (options.json) await write(io.stdout, `${JSON.stringify({ file, as: options.as, ...verified })}\n`);
  else if (verified.ok) {
    const names = verified.kids.map((kid) => `\`${makeVisible(kid)}\``).join(", ");
    await write(io.stdout, `${makeVisible(file)}: signed by ${names}\n  ${options.as} ${verified.digest}\n`);
  } else await write(io.stdout, `${makeVisible(file)}: not verified: ${makeVisible(verified.message)}\n`);
  return verified.ok ? 0 : 1;
}

async function verifyBeside(file: string, trusted: KeyRing, options: VerifyOptions): Promise<Verified> {
  const parsed = parseJson(await readable(file, () => readFile(file)));
  if (!parsed.ok) throw new UsageError(`\`${file}\` is no JSON: ${parsed.problems[0]?.message ?? "it does not parse"}`);
  const beside = options.signature ?? `${file}.jws`;
  const jws = await readable(beside, () => readFile(beside, "utf8"));
  const payload = payloadOf(toValue(parsed.root));
  const verified = await verifyDetached(jws, trusted, typOf[options.as], payload);
  return verified.ok ? { ok: true, digest: sha256(payload), kids: verified.kids } : verified;
}

async function verifyRegistry(file: string, trusted: KeyRing): Promise<Verified> {
  const read = await readPeople(await readable(file, () => readFile(file, "utf8")), trusted);
  if (!read.ok) return { ok: false, message: `it ${read.reason}` };
  return { ok: true, digest: read.people.digest, kids: read.people.signers };
}
