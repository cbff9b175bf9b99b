/** `ambit keygen`: an Ed25519 key pair, the private half into a file that nobody else reads (SPEC §13). */
import { generateKeyPairSync } from "node:crypto";
import { calculateJwkThumbprint } from "jose";
import type { AddCommand } from "../command.ts";
import { type ExitCode, type Io, UsageError, write } from "../io.ts";
import { writeNew } from "../write-text.ts";

interface KeygenOptions {
  readonly output: string;
  readonly kid?: string;
}

const example = `
Example:
  $ ambit keygen -o issuer.key --kid issuer-1 > issuer.jwk

The private key stays in the file, readable by its owner only. What is printed is the public one: whoever verifies gets it.`;

export const addKeygen: AddCommand = (program, io, exit) => {
  program
    .command("keygen")
    .description("make an Ed25519 key pair, and print the public key")
    .requiredOption("-o, --output <file>", "where to write the private key; nothing is overwritten")
    .option("--kid <id>", "the key's name; its thumbprint (RFC 7638) where it is not given")
    .addHelpText("after", example)
    .action(async (options: KeygenOptions) => exit(await runKeygen(options, io)));
};

async function runKeygen({ output, kid }: KeygenOptions, io: Io): Promise<ExitCode> {
  if (kid === "") throw new UsageError("`--kid` is empty");
  const { kty, crv, x, d } = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
  if (kty === undefined || crv === undefined || x === undefined) throw new Error("the platform made no Ed25519 key");
  const name = kid ?? (await calculateJwkThumbprint({ kty, crv, x }));
  await writeNew(output, `${JSON.stringify({ kty, crv, x, d, kid: name })}\n`, 0o600);
  await write(io.stdout, `${JSON.stringify({ kty, crv, x, kid: name })}\n`);
  return 0;
}
