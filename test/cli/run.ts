/** The command line in this process, with streams of our own. */
import { Readable, Writable } from "node:stream";
import type { ExitCode, Terminal } from "../../cli/io.ts";
import { main } from "../../cli/main.ts";

export interface Run {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

export interface Surroundings {
  readonly stdin?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  readonly isTerminal?: boolean;
  readonly now?: number;
}

export async function run(args: readonly string[], surroundings: Surroundings = {}): Promise<Run> {
  const { stdin = "", env = {}, isTerminal = false, now = 0 } = surroundings;
  const [stdout, stderr] = [collect(isTerminal), collect(isTerminal)];
  const input = Readable.from([typeof stdin === "string" ? Buffer.from(stdin) : stdin]);
  const code = await main(args, { stdin: input, stdout: stdout.stream, stderr: stderr.stream, env, now: () => now });
  return { code, out: stdout.text(), err: stderr.text() };
}

function collect(isTTY: boolean): { stream: Terminal; text: () => string } {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _, done) {
      chunks.push(chunk);
      done();
    },
  });
  return { stream: Object.assign(stream, { isTTY }), text: () => Buffer.concat(chunks).toString("utf8") };
}
