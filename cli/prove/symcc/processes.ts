/** Child processes with a time limit, which leave no process of theirs behind. */
import { type ChildProcess, spawn } from "node:child_process";
import type { Output } from "./answer.ts";

export type Ending =
  | ({ readonly kind: "ended" } & Output)
  | { readonly kind: "timeout" }
  /** It could not be started: `code` as Node has it, such as ENOENT. */
  | { readonly kind: "not_started"; readonly code: string };

/** More than this is no answer. */
const longestOutput = 4 * 1024 * 1024;

const running = new Set<ChildProcess>();

export function runProcess(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  timeoutMilliseconds: number,
): Promise<Ending> {
  return new Promise((resolve) => {
    // A group of its own: the solver that it starts ends with it.
    const child = spawn(command, args, { env: { ...env }, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    if (running.size === 0) endTogether(true);
    running.add(child);
    const output = { stdout: "", stderr: "" };
    const end = (ending: Ending) => {
      clearTimeout(timer);
      kill(child);
      running.delete(child);
      if (running.size === 0) endTogether(false);
      resolve(ending);
    };
    const timer = setTimeout(() => end({ kind: "timeout" }), timeoutMilliseconds);
    for (const stream of ["stdout", "stderr"] as const)
      child[stream].setEncoding("utf8").on("data", (chunk: string) => {
        if (output[stream].length < longestOutput) output[stream] += chunk;
      });
    child.once("error", (error) => end({ kind: "not_started", code: "code" in error ? String(error.code) : "" }));
    child.once("close", (status) => end({ kind: "ended", status, ...output }));
  });
}

function kill({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
  } catch {
    // It has ended by itself, with all that it started.
  }
}

/** What ends this process ends its children too, which hear nothing of the terminal. */
function endTogether(together: boolean): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    if (together) process.once(signal, endAll);
    else process.off(signal, endAll);
}

function endAll(signal: NodeJS.Signals): void {
  for (const child of running) kill(child);
  process.kill(process.pid, signal);
}
