/** What a command sees of the world: streams, colours and the clock. Tests pass their own. */
import type { Readable, Writable } from "node:stream";
import pc from "picocolors";

/** 0 fine, 1 findings or a verdict that is not allow, 2 wrong use, 3 a fault of Ambit's own (SPEC §13). */
export type ExitCode = 0 | 1 | 2 | 3;

export interface Terminal extends Writable {
  readonly isTTY?: boolean;
}

export interface Io {
  readonly stdin: Readable;
  readonly stdout: Terminal;
  readonly stderr: Terminal;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** The user has to change something: one sentence, exit 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** What was asked for cannot be done, or be told, as things stand: a finding with a code, exit 1. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly code: string;
  /** Null where it is of no one session. */
  readonly session: string | null;

  /** @param fault `message` is one sentence */
  constructor(session: string | null, { code, message }: { readonly code: string; readonly message: string }) {
    super(message);
    this.code = code;
    this.session = session;
  }
}

/** Colours on a terminal only, never with `NO_COLOR`. */
export function coloursOf(io: Io, stream: Terminal = io.stdout) {
  return pc.createColors(stream.isTTY === true && !io.env.NO_COLOR && io.env.TERM !== "dumb");
}

/** Writes, and waits where the reader is slower. */
export async function write(stream: Terminal, text: string): Promise<void> {
  if (stream.write(text) || stream.destroyed) return;
  await new Promise<void>((resolve) => {
    const done = () => {
      stream.off("drain", done).off("close", done).off("error", done);
      resolve();
    };
    stream.on("drain", done).on("close", done).on("error", done);
  });
}
