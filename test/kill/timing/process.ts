/** The other end of a process that takes part. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Order, Report, Setting } from "./orders.ts";

export interface Process {
  /** @throws Error where the process ends before it has answered */
  readonly tell: (order: Order) => Promise<Report>;
  readonly end: () => void;
}

export async function startProcess(script: string, setting: Setting): Promise<Process> {
  const child = spawn(process.execPath, [script, JSON.stringify(setting)], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  await answer(child);
  return {
    async tell(order) {
      const answered = answer(child);
      child.send(order);
      return answered;
    },
    end: () => void child.kill("SIGKILL"),
  };
}

async function answer(child: ChildProcess): Promise<Report> {
  const over = new AbortController();
  const { signal } = over;
  const ended = once(child, "exit", { signal }).then(([status, by]): never => {
    throw new Error(`a process has ended: ${status ?? by}`);
  });
  try {
    const [report] = await Promise.race([once(child, "message", { signal }), ended]);
    return report;
  } finally {
    ended.catch(() => undefined);
    over.abort();
  }
}
