/**
 * Two writers whose way to the server is as bad as it can be, while the server is killed now and then and does not write through
 * unless it is told to: what was said to be appended is there, in a sound chain, once. AMBIT_POSTGRES_FAULTS sets how many appends.
 */
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { beginLog, openLog, type SessionLog } from "../../runtime/ledger/log.ts";
import type { Store } from "../../runtime/ledger/store/store.ts";
import { postgresStore } from "../../runtime/node/postgres/store.ts";
import { figure } from "../figure.ts";
import { activation, allow, envelope } from "./entries.ts";
import { type FaultyProxy, startFaultyProxy, wireFaults } from "./faulty-proxy.ts";
import { PostgresMissing, skipWithout } from "./postgres.ts";
import { type PostgresServer, startPostgres } from "./postgres-server.ts";

const appends = Number(process.env.AMBIT_POSTGRES_FAULTS ?? 60);
const killEvery = Math.max(50, appends / 12);
const hurry = { connectMs: 400, statementMs: 250 };
const patience = { connectMs: 5_000, statementMs: 5_000 };
/** After a failure every connection is a new one. */
const triesUntilRecovered = 2;

let server: PostgresServer;
let proxy: FaultyProxy;
let faultRate: number;
let kills: number;
let restarting: Promise<void>;
let stores: Store[];

beforeEach(async ({ skip }) => {
  // What is not flushed when it is appended is lost with the server.
  server = await startPostgres(["synchronous_commit=off", "wal_writer_delay=10s"]).catch((error) =>
    skipWithout(skip)(new PostgresMissing(String(error))),
  );
  const random = randomFrom(0xa3b1);
  const pick = () => (random() < faultRate ? wireFaults[Math.floor(random() * wireFaults.length)] : undefined);
  proxy = await startFaultyProxy(server.port, pick, random);
  [stores, kills, faultRate, restarting] = [[], 0, 0, Promise.resolve()];
});

afterEach(async () => {
  await proxy?.stop();
  for (const store of stores ?? []) await store.close();
  await server?.stop();
});

test("0 wrong appends, no exception, and recovery", { timeout: 60_000 + appends * 500 }, async () => {
  const straight = storeAt(server.port, patience);
  const begun = await beginLog(straight, activation(), envelope);
  if (begun.outcome !== "begun") throw new Error(JSON.stringify(begun));
  const { session } = begun.log.state.end;
  const writers = await Promise.all(["a", "b"].map(async (name) => writer(name, session)));

  faultRate = 0.25;
  await Promise.all(writers.map(({ write }) => write(appends / 2)));
  await restarting;
  faultRate = 0;
  for (const { log, recover } of writers) {
    expect(await recover()).toBeLessThanOrEqual(triesUntilRecovered);
    expect(await log.refresh()).toBeUndefined();
  }

  const { state } = await opened(straight, session);
  const places = await placesOf(straight, session);
  const confirmed = writers.flatMap(({ appended }) => [...appended]);
  for (const [jti, seq] of confirmed) expect([jti, places.get(jti)]).toEqual([jti, [seq]]);
  for (const [jti, seqs] of places) expect([jti, seqs.length]).toEqual([jti, 1]);
  const unknown = writers.flatMap((writer) => [...writer.unknown]);
  const written = unknown.filter((jti) => places.has(jti));
  expect(places.size).toBe(confirmed.length + written.length);
  expect(state.reservations.size).toBe(places.size);
  expect(kills).toBeGreaterThan(0);
  expect([...proxy.happened.keys()].sort()).toEqual([...wireFaults].sort());
  figure(
    `PostgreSQL behind a faulty proxy, killed ${kills} times: ${confirmed.length} appends of two writers confirmed, all there once; ` +
      `${unknown.length} of unknown outcome (${written.length} written); 0 wrong, 0 exceptions (` +
      `${[...proxy.happened].map(([fault, times]) => `${times} ${fault}`).join(", ")})`,
  );
});

function storeAt(port: number, timeouts: typeof hurry): Store {
  const connectionString = `postgres://ambit@127.0.0.1:${port}/postgres`;
  const store = postgresStore({ connectionString, connections: 3, timeouts });
  stores.push(store);
  return store;
}

async function writer(name: string, session: string) {
  const log = await opened(storeAt(proxy.port, hurry), session);
  const appended = new Map<string, number>();
  const unknown = new Set<string>();
  let count = 0;
  const append = async () => {
    const jti = `${name}${++count}`;
    const result = await log.append(allow(1, { jti, expiresAt: 1e9 }));
    if (result.outcome === "appended") appended.set(jti, result.record.seq);
    else if (result.outcome === "failed") unknown.add(jti);
    else if (result.outcome === "refused") throw new Error(result.problem.message);
    return result.outcome === "appended";
  };
  return {
    log,
    appended,
    unknown,
    async write(share: number) {
      for (let i = 1; i <= share; i++) {
        if (name === "a" && i % Math.round(killEvery / 2) === 0) restarting = restarting.then(restart);
        if (!(await append())) while ((await log.refresh()) !== undefined) await delay(5);
      }
    },
    /** @returns how many appends it took until one was confirmed */
    async recover() {
      for (let tries = 1; ; tries++) {
        if (await append()) return tries;
        await log.refresh();
      }
    },
  };
}

async function restart(): Promise<void> {
  await server.kill();
  kills++;
  await server.start();
}

async function opened(store: Store, session: string): Promise<SessionLog> {
  const result = await openLog(store, session);
  if (!result.ok) throw new Error(result.fault.message);
  return result.log;
}

/** The numbers of the records that reserve under each token. */
async function placesOf(store: Store, session: string): Promise<ReadonlyMap<string, readonly number[]>> {
  const places = new Map<string, number[]>();
  const page = await store.read(session, 2, appends + 100);
  if (!page.ok) throw new Error(page.fault.message);
  for (const text of page.texts) {
    const { seq, body } = JSON.parse(text);
    const { jti } = body.reservation;
    places.set(jti, [...(places.get(jti) ?? []), seq]);
  }
  return places;
}

/** xorshift32: the same faults in every run, as far as the machine's timing lets them be. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
