/**
 * Gateways that are killed at any moment: what they were told and what they did is in the ledger, once, whatever they were at.
 * AMBIT_CRASHES sets how often in SQLite; a fifth of that in PostgreSQL, whose server is killed now and then too.
 *
 * The death of a process does not take what it has handed to the kernel: these tests are about the order of writes, half-done
 * transactions and what is made of them afterwards, and not about a loss of power. PostgreSQL's own death does take what was not
 * flushed, and it flushes nothing that it is not told to here.
 */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Store } from "../../runtime/ledger/store/store.ts";
import { figure } from "../figure.ts";
import { temporaryFolder } from "../fresh-copy.ts";
import { type PostgresServer, startPostgres } from "../ledger/postgres-server.ts";
import type { Place } from "../races/assignment.ts";
import { storeAt } from "../races/teller.ts";
import { bundleWorker } from "./bundle.ts";
import { slaughter } from "./slaughter.ts";
import { longMoments, moments, Testimony } from "./testimony.ts";

const kills = Number(process.env.AMBIT_CRASHES ?? 10);
const postgresKills = process.env.AMBIT_CRASHES === undefined ? 0 : Math.ceil(kills / 5);
/** From here on every long moment is hit, as chance goes. */
const many = 200;
const killsEach = 50;

let folder: string;
let script: string;
let server: PostgresServer | undefined;
beforeEach(async () => {
  folder = temporaryFolder("crashes");
  script = join(folder, "worker.mjs");
  await bundleWorker(script);
});
afterEach(async () => {
  await server?.stop();
  server = undefined;
  rmSync(folder, { recursive: true, force: true });
});

test("SQLite", { timeout: 1_800_000 }, async () => {
  await killAll("SQLite", kills, (own) => ({ sqlite: join(own, "ledger.sqlite") }));
});

test.runIf(postgresKills > 0)("PostgreSQL, its server killed too", { timeout: 1_800_000 }, async () => {
  server = await startPostgres(["synchronous_commit=off", "wal_writer_delay=10s"]);
  const { url: postgres } = server;
  let restarts = 0;
  const restart = async () => {
    await server?.kill();
    await server?.start();
    restarts += 1;
  };
  await killAll("PostgreSQL", postgresKills, (_, i) => ({ postgres, schema: `crash_${i}` }), restart);
  // One in four of each session's, its remainder left out.
  expect(restarts).toBeGreaterThanOrEqual(Math.floor(postgresKills / 5));
  figure(`crashes, PostgreSQL: the server was killed ${restarts} times with them`);
});

async function killAll(
  name: string,
  kills: number,
  placeIn: (folder: string, session: number) => Place,
  restartServer?: () => Promise<void>,
): Promise<void> {
  const testimony = new Testimony();
  const random = Math.random;
  const begun = performance.now();
  let records = 0;
  for (let done = 0, i = 0; done < kills; done += killsEach, i++) {
    const own = join(folder, `session-${i}`);
    mkdirSync(join(own, "artefacts"), { recursive: true });
    const place = placeIn(own, i);
    const store: Store = storeAt(place);
    const more = restartServer === undefined ? {} : { restartServer };
    const options = { place, store, folder: own, script, kills: Math.min(killsEach, kills - done), testimony, random };
    const session = await slaughter({ ...options, ...more });
    await store.close();
    expect(session.wrong).toEqual([]);
    expect(testimony.wrong).toEqual([]);
    records += session.records;
  }
  expect(testimony.paid).toBeGreaterThan(0);
  // A moment that chance never hit was not tested.
  if (kills >= many) expect(longMoments.filter((moment) => testimony.moments[moment] === 0)).toEqual([]);
  const hits = moments.map((moment) => `${testimony.moments[moment]} ${moment}`).join(", ");
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  figure(
    `crashes, ${name}: ${kills} gateways killed in ${seconds} s (${hits}); ${testimony.paid} effects, each redeemed before; ` +
      `${records} records in sound chains; 0 forgotten, 0 lost, 0 doubled`,
  );
}
