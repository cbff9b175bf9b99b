/** `ambit selfcheck`: the auditor's suite against a deployment, and the level that it reaches. */
import { InvalidArgumentError } from "commander";
import type { AddCommand } from "../command.ts";
import { coloursOf, type ExitCode, type Io, UsageError, write } from "../io.ts";
import { type Configuration, defined, readConfiguration } from "../selfcheck/config.ts";
import { openDeployment } from "../selfcheck/deployment.ts";
import { humanReport, jsonReport } from "../selfcheck/report.ts";
import { type Level, levelOf } from "../selfcheck/requirement.ts";
import { selfcheck } from "../selfcheck/selfcheck.ts";

interface SelfcheckOptions extends Configuration {
  readonly level: Level;
  readonly json?: true;
}

const example = `
Examples:
  $ ambit selfcheck deployment.json
  $ ambit selfcheck --artefacts out/ --trust issuer.jwk --keys gateway.jwk --key gateway.key --ledger ledger.db --level 1

deployment.json holds the same names, paths being relative to it: {"artefacts": "out", "trust": ["issuer.jwk"], "people":
"people.signed.json", "keys": ["gateway.jwk"], "key": "gateway.key", "gateway": "gateway.example", "audience":
"broker.example", "ledger": "ledger.db", "checkpoint": ["kept.note"], "checkpointKey": "gateway.jwk", "proofs": "proofs.json"}.
Instead of "key", "signer": ["program", …] signs for the gateway: base64 of a message on each line in, of its signature out.

Forged, replayed, tampered and missing tokens, ways past the envelope and faults are tried on scratch sessions in memory; the
ledger is only read. Exit status 1 if the level asked for is not reached.`;

export const addSelfcheck: AddCommand = (program, io, exit) => {
  program
    .command("selfcheck")
    .description("attack a deployment as an auditor would, and print the level it reaches")
    .argument("[deployment.json]", "what the deployment consists of; an option counts before what it says")
    .option("--level <n>", "1 structural, 2 cryptographic, 3 formal: what must be reached", levelNumber, 2)
    .option("--artefacts <folder>", "the folder that `ambit compile` wrote")
    .option("--signature <file>", "the envelope's signatures; <folder>.jws where it is not given")
    .option("--trust <file...>", "public keys of those who may issue envelopes")
    .option("--executors <file...>", "public keys of the executors that sign the ledger's receipts")
    .option("--feeds <file...>", "public keys of the feeds that sign the ledger's reports of evidence")
    .option("--people <file>", "the signed registry of people")
    .option("--people-trust <file...>", "public keys of those who may sign it; those of --trust where it is not given")
    .option("--key <file | env:NAME>", "the gateway's private key")
    .option("--keys <file...>", "the gateway's public keys, as executors believe them")
    .option("--gateway <id>", "the gateway's id, `iss` of its tokens")
    .option("--audience <id>", "the executor's id, `aud`")
    .option("--ledger <file | url>", "the ledger: an SQLite file, records as JSON lines, or postgres://…")
    .option("--checkpoint <file...>", "signed checkpoints that the ledger must continue")
    .option("--checkpoint-key <key>", "who signs them: `name+id+base64`, or a file of public JWKs")
    .option("--proofs <file>", "what `ambit prove --json` printed")
    .option("--registry <file>", "add flags, evidence names, metrics, actions and checks")
    .option("--json", "print one JSON object")
    .addHelpText("after", example)
    .action(async (file: string | undefined, options: SelfcheckOptions) => exit(await runSelfcheck(file, options, io)));
};

function levelNumber(text: string): Level {
  if (text === "1") return 1;
  if (text === "2") return 2;
  if (text === "3") return 3;
  throw new InvalidArgumentError("expected 1, 2 or 3.");
}

async function runSelfcheck(file: string | undefined, options: SelfcheckOptions, io: Io): Promise<ExitCode> {
  const { level, json, ...given } = options;
  const configuration = { ...(file === undefined ? {} : await readConfiguration(file)), ...defined(given) };
  if (configuration.artefacts === undefined)
    throw new UsageError("no artefacts: name the folder with `--artefacts`, or a file that describes the deployment");
  const deployment = await openDeployment(configuration, io);
  try {
    const requirements = await selfcheck(deployment, io);
    await write(io.stdout, json ? jsonReport(requirements, level) : humanReport(requirements, level, coloursOf(io)));
    return levelOf(requirements) >= level ? 0 : 1;
  } finally {
    deployment.close();
  }
}
