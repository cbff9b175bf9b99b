/** A signer whose key is elsewhere, in a KMS or an HSM, behind a program: base64 of a message on each line in, of its signature on each line out. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { PublicKey, Signer } from "../../runtime/authority/keys.ts";

export interface ProgramSigner {
  readonly signer: Signer;
  readonly close: () => void;
}

export function programSigner(
  [program = "", ...args]: readonly string[],
  { kid, bytes }: PublicKey,
  env: Readonly<Record<string, string | undefined>>,
): ProgramSigner {
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "ignore"], env: { ...env } });
  const waiting: PromiseWithResolvers<Uint8Array>[] = [];
  let gone: Error | undefined;
  const end = (why: string) => {
    gone ??= new Error(why);
    for (const { reject } of waiting.splice(0)) reject(gone);
  };
  createInterface({ input: child.stdout }).on("line", (line) =>
    waiting.shift()?.resolve(Uint8Array.from(Buffer.from(line, "base64"))),
  );
  child.on("exit", () => end("the program that signs has ended"));
  child.on("error", ({ message }) => end(message));
  child.stdin.on("error", ({ message }) => end(message));
  const sign = (message: Uint8Array): Promise<Uint8Array> => {
    if (gone !== undefined) return Promise.reject(gone);
    const answer = Promise.withResolvers<Uint8Array>();
    waiting.push(answer);
    child.stdin.write(`${Buffer.from(message).toString("base64")}\n`);
    return answer.promise;
  };
  return { signer: { kid, algorithm: "EdDSA", publicKey: bytes, sign }, close: () => void child.kill() };
}
