/** Others' kills while a tool runs: it is told at once, without anybody asking for a decision. */
import { once } from "node:events";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { afterEach, describe, expect, test } from "vitest";
import { memoryStore } from "../../runtime/ledger/store/memory.ts";
import type { Store } from "../../runtime/ledger/store/store.ts";
import { postgresStore } from "../../runtime/node/postgres/store.ts";
import { signalFolder } from "../../runtime/node/signal-folder.ts";
import { sqliteStore } from "../../runtime/node/sqlite-store.ts";
import { watchPostgres } from "../../runtime/node/watch/postgres.ts";
import { watchSignals } from "../../runtime/node/watch/signals.ts";
import { watchSqlite } from "../../runtime/node/watch/sqlite.ts";
import type { Wake, Watcher } from "../../runtime/session/kill/watch.ts";
import { temporaryFolder } from "../fresh-copy.ts";
import { freshSchema, skipWithout } from "../ledger/postgres.ts";
import type { Gateway, openGateway } from "../session/gateway.ts";
import { openBank } from "./bank.ts";

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
function folder(): string {
  const made = temporaryFolder("watch");
  ends.push(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

const patience = 10_000;

/** A bank whose tool runs until it is told to stop, and is killed while it does. */
async function killWhileItRuns(
  options: Parameters<typeof openGateway>[0],
  watchers: readonly Watcher[],
  kill: (gateway: Gateway) => unknown,
) {
  let began: () => void;
  const running = new Promise<void>((resolve) => {
    began = resolve;
  });
  const { gateway, allowed, redeem } = await openBank(options, async ({ signal }) => {
    began();
    if (!signal.aborted) await Promise.race([once(signal, "abort"), delay(patience, undefined, { ref: false })]);
    return { outcome: signal.aborted ? "unknown" : "executed", result: { id: "p-1" } };
  });
  for (const watcher of watchers) {
    const end = gateway.session.watch(watcher);
    if (end === undefined) throw new Error("nothing is watched");
    ends.push(end);
  }
  const redeeming = redeem(await allowed());
  await running;
  await kill(gateway);
  return { gateway, redeemed: await redeeming };
}

const elsewhere = async ({ reopen }: Gateway, store: Parameters<Gateway["reopen"]>[0]) =>
  (await reopen(store)).kill("console");

describe("a running tool is told of a kill", () => {
  test("of this process, without a watch", async () => {
    const { redeemed } = await killWhileItRuns({}, [], ({ session }) => session.kill("console"));
    expect(redeemed).toMatchObject({ outcome: "unknown", settled: { outcome: "appended" } });
  });

  test("that cannot be written", async () => {
    const store = memoryStore();
    let isAway = false;
    const away = { outcome: "failed", fault: { code: "STORE_UNAVAILABLE", message: "away" } } as const;
    const append: Store["append"] = async (...given) => (isAway ? away : store.append(...given));
    const { gateway } = await killWhileItRuns({ store: { ...store, append } }, [], ({ session }) => {
      isAway = true;
      return session.kill("console");
    });
    expect([gateway.session.killed.aborted, gateway.session.state.killed]).toEqual([true, false]);
  });

  test("of another process, in SQLite", async () => {
    const path = join(folder(), "ledger.db");
    const store = sqliteStore(path);
    const other = sqliteStore(path);
    ends.push(
      () => store.close(),
      () => other.close(),
    );
    const { redeemed, gateway } = await killWhileItRuns({ store }, [watchSqlite(path)], (running) =>
      elsewhere(running, { store: other }),
    );
    expect(redeemed).toMatchObject({ outcome: "unknown" });
    expect(gateway.session.killed.aborted).toBe(true);
  });

  test("by a file in the signal folder", async () => {
    const signals = folder();
    mkdirSync(join(signals, "kill"));
    const { redeemed, gateway } = await killWhileItRuns({ signals: signalFolder(signals) }, [watchSignals()], () =>
      writeFileSync(join(signals, "kill/env_session_1"), ""),
    );
    expect(redeemed).toMatchObject({ outcome: "unknown" });
    expect((await gateway.records()).map(({ type }) => type)).toContain("killed");
  });

  test("of another gateway, in PostgreSQL, before the ledger is read the next time", { timeout: 60_000 }, async ({
    skip,
  }) => {
    const { connectionString, schema, drop } = await freshSchema().catch(skipWithout(skip));
    ends.push(drop);
    const [store, other] = [1, 2].map(() => postgresStore({ connectionString, schema, connections: 1 }));
    if (store === undefined || other === undefined) throw new Error("no store");
    ends.push(
      () => store.close(),
      () => other.close(),
    );
    const watcher = watchPostgres({ connectionString, everyMs: 3_600_000 });
    const { redeemed } = await killWhileItRuns({ store }, [watcher], async (gateway) => {
      await listening(connectionString);
      await elsewhere(gateway, { store: other });
    });
    expect(redeemed).toMatchObject({ outcome: "unknown" });
  });
});

describe("a watch over PostgreSQL", () => {
  test("listens again when its connection is lost", { timeout: 60_000 }, async ({ skip }) => {
    const { connectionString, drop } = await freshSchema().catch(skipWithout(skip));
    ends.push(drop);
    let woken = 0;
    const wake: Wake = {
      ledger: () => {
        woken += 1;
      },
      signals: () => {},
    };
    ends.push(watchPostgres({ connectionString, everyMs: 3_600_000 })("s1", wake));
    await listening(connectionString);
    await ask(
      connectionString,
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ambit watch'",
    );
    await listening(connectionString);
    const before = woken;
    await ask(connectionString, "SELECT pg_notify('ambit_killed', 's2')");
    await ask(connectionString, "SELECT pg_notify('ambit_killed', 's1')");
    await expect.poll(() => woken, { timeout: patience }).toBe(before + 1);
  });

  test("reads the ledger now and then where there is no server to listen to", async () => {
    let woken = 0;
    const wake: Wake = {
      ledger: () => {
        woken += 1;
      },
      signals: () => {},
    };
    ends.push(watchPostgres({ connectionString: "postgres://127.0.0.1:1/nowhere", everyMs: 5 })("s1", wake));
    await expect.poll(() => woken, { timeout: patience }).toBeGreaterThan(3);
  });
});

test("a watch that has ended wakes nobody", async () => {
  let woken = 0;
  const wake: Wake = {
    ledger: () => {},
    signals: () => {
      woken += 1;
    },
  };
  const watcher = watchSignals({ everyMs: 1 });
  const [one, two] = [watcher("s1", wake), watcher("s1", wake)];
  one();
  one();
  await expect.poll(() => woken).toBeGreaterThan(3);
  two();
  const before = woken;
  await delay(20);
  expect(woken).toBe(before);
});

async function ask(connectionString: string, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

async function listening(connectionString: string): Promise<void> {
  const text =
    "SELECT 1 FROM pg_stat_activity WHERE application_name = 'ambit watch' AND query LIKE 'LISTEN%' AND state = 'idle'";
  await expect.poll(async () => (await ask(connectionString, text)).length, { timeout: patience }).toBeGreaterThan(0);
}
