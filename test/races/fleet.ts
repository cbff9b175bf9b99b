/** Worker processes: started together, told together to begin, and waited for. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Assignment } from "./assignment.ts";

/** @param script TypeScript or JavaScript, run by the Node that runs the tests */
export function startWorker(script: string, assignment: Assignment): ChildProcess {
  const args = [script, JSON.stringify(assignment)];
  return spawn(process.execPath, args, { stdio: ["ignore", "inherit", "inherit", "ipc"], env: { ...process.env } });
}

/** @throws Error where it ends before */
export async function isReady(worker: ChildProcess): Promise<void> {
  const ended = once(worker, "exit").then(([status, signal]) => {
    throw new Error(`a worker ended before it was ready: ${status ?? signal}`);
  });
  await Promise.race([once(worker, "message"), ended]);
  ended.catch(() => undefined);
}

/** @returns the milliseconds from the word to the last worker's end. @throws Error where one fails */
export async function race(script: string, assignments: readonly Assignment[]): Promise<number> {
  const workers = assignments.map((assignment) => startWorker(script, assignment));
  try {
    await Promise.all(workers.map(isReady));
    const begun = performance.now();
    const ends = workers.map((worker) => once(worker, "exit"));
    for (const worker of workers) worker.send("begin");
    for (const [status, signal] of await Promise.all(ends))
      if (status !== 0) throw new Error(`a worker failed: ${status ?? signal}`);
    return performance.now() - begun;
  } finally {
    for (const worker of workers) worker.kill("SIGKILL");
  }
}
