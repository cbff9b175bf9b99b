/** A stock OPA server in a process of its own. */
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { opa } from "./opa.ts";

export interface OpaServer {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** What it has logged so far. */
  readonly said: () => string;
  readonly stop: () => Promise<void>;
}

export type Start = ({ readonly ok: true } & OpaServer) | { readonly ok: false; readonly said: string };

/** `opa run --server` with more arguments: serving (with its bundles active, if any were named), or ended by itself. */
export async function startOpa(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Start> {
  const url = `http://127.0.0.1:${await freePort()}`;
  const child = spawn(
    opa,
    ["run", "--server", "--skip-version-check", "--addr", url.slice("http://".length), ...args],
    {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...env },
    },
  );
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (text += chunk.toString()));
  let ended = false;
  const ending = new Promise<void>((resolve) => child.once("close", () => resolve())).then(() => {
    ended = true;
  });
  while (!ended) {
    const response = await fetch(`${url}/health`).catch(() => undefined);
    if (response?.ok)
      return {
        ok: true,
        url,
        said: () => text,
        stop: async () => {
          child.kill();
          await ending;
        },
      };
    await sleep(20);
  }
  return { ok: false, said: text };
}

/** The same, of arguments that must do. */
export async function serveOpa(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<OpaServer> {
  const started = await startOpa(args, env);
  if (started.ok) return started;
  throw new Error(`opa does not serve: ${started.said}`);
}

/** The body of OPA's answer to `POST /v1/data/ambit/decision`. */
export async function decisionOf({ url }: OpaServer, input: unknown): Promise<{ readonly result?: unknown }> {
  const response = await fetch(`${url}/v1/data/ambit/decision`, { method: "POST", body: JSON.stringify({ input }) });
  return await response.json();
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
