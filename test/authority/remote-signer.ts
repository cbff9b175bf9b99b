/** A `Signer` whose key is in another process, as it would be in a KMS or an HSM. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { PublicKey, Signer } from "../../runtime/authority/keys.ts";

export interface RemoteSigner {
  readonly signer: Signer;
  readonly kill: () => Promise<void>;
}

export function remoteSigner({ kid, bytes }: PublicKey): RemoteSigner {
  const script = new URL("./signer-process.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, [script, kid], { stdio: ["pipe", "pipe", "ignore"] });
  const waiting: PromiseWithResolvers<Uint8Array>[] = [];
  let gone: Error | undefined;
  const end = (why: string) => {
    gone ??= new Error(why);
    for (const { reject } of waiting.splice(0)) reject(gone);
  };
  createInterface({ input: child.stdout }).on("line", (line) =>
    waiting.shift()?.resolve(new Uint8Array(Buffer.from(line, "base64"))),
  );
  child.on("exit", () => end("the process with the key has ended"));
  child.on("error", ({ message }) => end(message));
  child.stdin.on("error", ({ message }) => end(message));
  const sign = (message: Uint8Array): Promise<Uint8Array> => {
    if (gone !== undefined) return Promise.reject(gone);
    const answer = Promise.withResolvers<Uint8Array>();
    waiting.push(answer);
    child.stdin.write(`${Buffer.from(message).toString("base64")}\n`);
    return answer.promise;
  };
  return { signer: { kid, algorithm: "EdDSA", publicKey: bytes, sign }, kill: () => kill(child) };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.kill("SIGKILL");
  await exit;
}
