/** `ambit verify`: whose signatures stand under a document (SPEC §12, §13). */
import { readFile } from "node:fs/promises";
import { Option } from "commander";
import { makeVisible } from "../../compiler/diagnostics/quote.ts";
import { verifyDetached } from "../../runtime/authority/jws/detached.ts";
import { typOf } from "../../runtime/authority/jws/typ.ts";
import type { KeyRing } from "../../runtime/authority/key-ring.ts";
import { openLog } from "../../runtime/ledger/log.ts";
import { payloadOf } from "../../runtime/people/document.ts";
import { readPeople } from "../../runtime/people/registry.ts";
import { type VerifiedKillReceipt, verifyKillReceipt } from "../../runtime/session/kill/receipt.ts";
import { sha256 } from "../../schema/json/canonical.ts";
import { parseJson, toValue } from "../../schema/json/parse.ts";
import type { AddCommand } from "../command.ts";
import { type ExitCode, type Io, UsageError, write } from "../io.ts";
import { openTrust } from "../keys.ts";
import { openReader } from "../ledger/store.ts";
import { readable } from "../open.ts";

interface VerifyOptions {
  readonly trust: readonly string[];
  readonly signature?: string;
  readonly ledger?: string;
  readonly as: "envelope" | "template" | "registry" | "kill-receipt";
  readonly json?: true;
}

const example = `
Example:
  $ ambit verify envelope.json --trust issuer.jwk
  $ ambit verify kill.jws --as kill-receipt --trust ann.jwk --ledger ledger.db

Exit status 1 unless every signature is good and by a key that is trusted. Whether an envelope may be activated is \`ambit
activate\`'s to say.`;

export const addVerify: AddCommand = (program, io, exit) => {
  program
    .command("verify")
    .description("verify the signatures of an envelope, a template, a registry of people or a kill receipt")
    .argument("<file>", "the document")
    .requiredOption("--trust <file...>", "public keys: JWK sets, or single JWKs")
    .option("--signature <file>", "the signatures of an envelope or a template; <file>.jws where it is not given")
    .option("--ledger <file | url>", "the ledger that a kill receipt must agree with")
    .addOption(
      new Option("--as <kind>", "what the document is")
        .choices(["envelope", "template", "registry", "kill-receipt"])
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
  const { as, signature, ledger } = options;
  if ((as === "registry" || as === "kill-receipt") && signature !== undefined)
    throw new UsageError(`a ${as} carries its signatures: \`--signature\` is for envelopes and templates`);
  if (as !== "kill-receipt" && ledger !== undefined)
    throw new UsageError("only a kill receipt is compared with a ledger");
  const verified = await verifyAs(file, trusted, options);
  if (options.json) await write(io.stdout, `${JSON.stringify({ file, as: options.as, ...verified })}\n`);
  else if (verified.ok) {
    const names = verified.kids.map((kid) => `\`${makeVisible(kid)}\``).join(", ");
    await write(io.stdout, `${makeVisible(file)}: signed by ${names}\n  ${options.as} ${verified.digest}\n`);
  } else await write(io.stdout, `${makeVisible(file)}: not verified: ${makeVisible(verified.message)}\n`);
  return verified.ok ? 0 : 1;
}

function verifyAs(file: string, trusted: KeyRing, { as, signature, ledger }: VerifyOptions): Promise<Verified> {
  switch (as) {
    case "registry":
      return verifyRegistry(file, trusted);
    case "kill-receipt":
      return verifyReceipt(file, trusted, ledger);
    default:
      return verifyBeside(file, trusted, as, signature);
  }
}

async function verifyBeside(
  file: string,
  trusted: KeyRing,
  as: "envelope" | "template",
  signature: string | undefined,
): Promise<Verified> {
  const parsed = parseJson(await readable(file, () => readFile(file)));
  if (!parsed.ok) throw new UsageError(`\`${file}\` is no JSON: ${parsed.problems[0]?.message ?? "it does not parse"}`);
  const jws = await signatureOf(file, signature);
  const payload = payloadOf(toValue(parsed.root));
  const verified = await verifyDetached(jws, trusted, typOf[as], payload);
  return verified.ok ? { ok: true, digest: sha256(payload), kids: verified.kids } : verified;
}

async function signatureOf(file: string, named: string | undefined): Promise<string> {
  if (named !== undefined) return readable(named, () => readFile(named, "utf8"));
  const beside = `${file}.jws`;
  return readable(beside, () => readFile(beside, "utf8")).catch((error: unknown) => {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(
      `${error.message}; the signatures of \`${file}\` are looked for there, or in what \`--signature\` names`,
    );
  });
}

async function verifyRegistry(file: string, trusted: KeyRing): Promise<Verified> {
  const read = await readPeople(await readable(file, () => readFile(file, "utf8")), trusted);
  if (!read.ok) return { ok: false, message: `it ${read.reason}` };
  return { ok: true, digest: read.people.digest, kids: read.people.signers };
}

/** What the receipt says was killed; where the ledger is at hand, it says the same. */
async function verifyReceipt(file: string, trusted: KeyRing, ledger: string | undefined): Promise<Verified> {
  const jws = (await readable(file, () => readFile(file, "utf8"))).trim();
  const signed = await verifyKillReceipt(jws, trusted, {});
  if (!signed.ok || ledger === undefined) return verifiedReceipt(jws, signed);
  const store = await openReader(ledger);
  try {
    const { session } = signed.receipt;
    const opened = await openLog(store, session);
    if (!opened.ok) return { ok: false, message: `the session ${session} cannot be read: ${opened.fault.message}` };
    return verifiedReceipt(jws, await verifyKillReceipt(jws, trusted, { session, state: opened.log.state }));
  } finally {
    await store.close();
  }
}

function verifiedReceipt(jws: string, verified: VerifiedKillReceipt): Verified {
  return verified.ok ? { ok: true, digest: sha256(jws), kids: [verified.kid] } : verified;
}
