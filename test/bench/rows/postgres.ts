import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { startPostgres } from "../../ledger/postgres-server.ts";
import type { Ordered, Told } from "../postgres-worker.ts";
import type { Measurement } from "../row.ts";

const processes = 2;
const sessions = 32;
const each = 40;
const rounds = 3;

/** Proposals of many sessions in several processes at one server, against bare inserts in the same shape. */
export const postgresRows: Measurement = async () => {
  const server = await startPostgres();
  const workers: ChildProcess[] = [];
  try {
    for (let i = 0; i < processes; i++) {
      const worker = fork(new URL("../postgres-worker.ts", import.meta.url), [server.url, `w${i}`, `${sessions}`], {
        execArgv: [],
      });
      workers.push(worker);
      // One after the other: each makes its tables.
      await told(worker);
    }
    const run = async (work: Ordered["work"]) => {
      const start = performance.now();
      await Promise.all(workers.map((worker) => order(worker, { work, each })));
      return performance.now() - start;
    };
    await run("propose");
    await run("append");
    await run("insert");
    let [proposals, appends, inserts] = [0, 0, 0];
    for (let round = 0; round < rounds; round++) {
      proposals += await run("propose");
      appends += await run("append");
      inserts += await run("insert");
    }
    const perSecond = (milliseconds: number) =>
      `${Math.round((processes * sessions * each * rounds * 1000) / milliseconds)} a second`;
    return [
      {
        name: `append (PostgreSQL, ${processes} processes × ${sessions} sessions) / bare compare-and-set INSERTs, per second`,
        value: inserts / appends,
        unit: "×",
        least: 0.5,
        from: `${perSecond(appends)} and ${perSecond(inserts)}`,
      },
      {
        name: `propose (PostgreSQL, ${processes} processes × ${sessions} sessions) / bare compare-and-set INSERTs, per second`,
        value: inserts / proposals,
        unit: "×",
        least: 0.5,
        from: `${perSecond(proposals)} and ${perSecond(inserts)}`,
        shortfall: "for each record, two engines judge and a key signs on the processors that the server has too",
      },
    ];
  } finally {
    for (const worker of workers) worker.kill("SIGKILL");
    await server.stop();
  }
};

function order(worker: ChildProcess, ordered: Ordered): Promise<void> {
  worker.send(ordered);
  return told(worker);
}

/** @throws Error with what the worker could not do */
async function told(worker: ChildProcess): Promise<void> {
  const heard = new AbortController();
  const { signal } = heard;
  const ended = once(worker, "exit", { signal }).then(() => [{ error: "the worker ended" } satisfies Told]);
  const [message]: Told[] = await Promise.race([once(worker, "message", { signal }), ended]);
  ended.catch(() => undefined);
  heard.abort();
  if (message?.error !== undefined) throw new Error(message.error);
}
