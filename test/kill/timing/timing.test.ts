/**
 * Processes let effects happen in one session as fast as they can, and another process kills it. Nothing is redeemed after the kill,
 * and what began after it had been redeemed before: how late the last effect begins is measured.
 */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Store } from "../../../runtime/ledger/store/store.ts";
import { figure } from "../../figure.ts";
import { temporaryFolder } from "../../fresh-copy.ts";
import { freshSchema } from "../../ledger/postgres.ts";
import type { Place } from "../../races/assignment.ts";
import { storeAt } from "../../races/teller.ts";
import type { Report, Setting } from "./orders.ts";
import { type Killed, median, milliseconds, outcomeOf } from "./outcome.ts";
import { type Process, startProcess } from "./process.ts";
import { beginSessions } from "./sessions.ts";

const isLong = process.env.AMBIT_KILLS !== undefined;
const kills = Number(process.env.AMBIT_KILLS ?? 10);
const workers = 2;

let folder: string;
const ends: (() => unknown)[] = [];
beforeEach(() => {
  folder = temporaryFolder("kills");
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  rmSync(folder, { recursive: true, force: true });
});

const places: Readonly<Record<string, () => Promise<Place>>> = {
  SQLite: async () => ({ sqlite: join(folder, "ledger.sqlite") }),
  ...(isLong && {
    PostgreSQL: async () => {
      const { connectionString, schema, drop } = await freshSchema();
      ends.push(drop);
      return { postgres: connectionString, schema };
    },
  }),
};

test.each(Object.keys(places))(
  "a kill from another process, in %s",
  { timeout: 60_000 + kills * 200 },
  async (name) => {
    const place = await places[name]!();
    const store = storeAt(place);
    ends.push(() => store.close());
    mkdirSync(join(folder, "artefacts"));
    const { artefacts, origin, sessions } = await beginSessions(store, join(folder, "artefacts"), kills);
    const setting: Setting = { place, artefacts, origin };
    const crew = await Promise.all(
      ["killer.ts", ...Array.from({ length: workers }, () => "worker.ts")].map((script) =>
        startProcess(join(import.meta.dirname, script), setting),
      ),
    );
    ends.push(() => {
      for (const { end } of crew) end();
    });

    const begun = performance.now();
    const outcomes: Killed[] = [];
    for (const [i, session] of sessions.entries()) outcomes.push(await killed(crew, store, session, i));
    const seconds = (performance.now() - begun) / 1000;

    expect(outcomes.flatMap(({ redeemedAfter }) => redeemedAfter)).toEqual([]);
    // Every effect is in the ledger, before the kill.
    expect(outcomes.filter(({ effects, redeemed }) => effects !== redeemed)).toEqual([]);
    expect(outcomes.filter(({ effects }) => effects === 0)).toEqual([]);
    tell(name, outcomes, seconds);
  },
);

async function killed(crew: readonly Process[], store: Store, session: string, i: number): Promise<Killed> {
  await Promise.all(crew.map(({ tell }) => tell({ do: "open", session })));
  // Now here, now there: a kill meets every moment of a call.
  const afterMs = (i * 7) % 10;
  const reports: readonly Report[] = await Promise.all(crew.map(({ tell }) => tell({ do: "go", afterMs })));
  return outcomeOf(reports, store, session);
}

function tell(name: string, outcomes: readonly Killed[], seconds: number): void {
  const last = outcomes.map(({ lastMs }) => lastMs);
  const written = outcomes.map(({ writtenMs }) => writtenMs);
  const sum = (of: (each: Killed) => number) => outcomes.reduce((total, each) => total + of(each), 0);
  figure(
    `kills, ${name}: ${outcomes.length} sessions killed from another process while ${workers} processes let ` +
      `${sum(({ effects }) => effects)} effects happen, in ${seconds.toFixed(1)} s: 0 redeemed after the kill; ` +
      `from the signal to the record ${milliseconds(median(written))} (worst ${milliseconds(Math.max(...written))}), ` +
      `to the last effect ${milliseconds(median(last))} (worst ${milliseconds(Math.max(...last))}); ` +
      `${sum(({ begunAfter }) => begunAfter)} effects that had been redeemed before began after the record, ` +
      `the latest ${milliseconds(Math.max(...outcomes.map(({ latestMs }) => latestMs)))} after it`,
  );
}
