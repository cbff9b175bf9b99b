/**
 * Many gateways at one session, all drawing on one budget: nobody overspends, nothing is lost, nothing is done twice.
 * AMBIT_RACES sets how many proposals each of 8 processes makes, in SQLite and then in PostgreSQL.
 */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openLog } from "../../runtime/ledger/log.ts";
import { figure } from "../figure.ts";
import { temporaryFolder } from "../fresh-copy.ts";
import { freshSchema } from "../ledger/postgres.ts";
import { Accounts } from "./accounts.ts";
import { type Assignment, beginSession, type Place } from "./assignment.ts";
import { audited } from "./audited.ts";
import { budget, isEveryones } from "./bills.ts";
import { race } from "./fleet.ts";
import { type Line, readJournal } from "./journal.ts";
import { storeAt } from "./teller.ts";

const isLong = process.env.AMBIT_RACES !== undefined;
const [workers, proposals] = isLong ? [8, Number(process.env.AMBIT_RACES)] : [4, 50];
/** A third of what the bills come to: 300 cents on average, those once that are everyone's. */
const centsEach = 80;
const script = join(import.meta.dirname, "worker.ts");

let folder: string;
let discard: (() => Promise<void>) | undefined;
beforeEach(() => {
  folder = temporaryFolder("races");
});
afterEach(async () => {
  await discard?.();
  discard = undefined;
  rmSync(folder, { recursive: true, force: true });
});

const places: Readonly<Record<string, () => Promise<Place>>> = {
  SQLite: async () => ({ sqlite: join(folder, "ledger.sqlite") }),
  ...(isLong && {
    PostgreSQL: async () => {
      const { connectionString, schema, drop } = await freshSchema();
      discard = drop;
      return { postgres: connectionString, schema };
    },
  }),
};

test.each(Object.keys(places))("one session in %s", { timeout: 60_000 + workers * proposals * 60 }, async (name) => {
  const place = await places[name]!();
  const names = Array.from({ length: workers }, (_, i) => `w${i}`);
  const limit = workers * proposals * centsEach;
  const store = storeAt(place);
  mkdirSync(join(folder, "artefacts"));
  const beginning = await beginSession(store, join(folder, "artefacts"), limit);
  const assignments = names.map((worker): Assignment => {
    const journal = join(folder, `${worker}.jsonl`);
    return { ...beginning, place, engines: ["cedar", "rego"], worker, journal, bills: proposals };
  });
  const duration = await race(script, assignments);
  const lines = assignments.flatMap(({ journal }) => readJournal(journal));
  const opened = await openLog(store, beginning.session);
  if (!opened.ok) throw new Error(opened.fault.message);
  const { state } = opened.log;
  const accounts = new Accounts();
  const page = await store.read(beginning.session, 1, state.end.head.seq + 1);
  for (const text of page.ok ? page.texts : []) accounts.take(text);
  const { records, problems } = await audited(store, beginning.session);
  await store.close();

  expect(accounts.wrong).toEqual([]);
  expect([records, problems]).toEqual([accounts.records, []]);
  expect(accounts.records).toBe(state.end.head.seq);
  expect(accounts.mostCharged).toBeLessThanOrEqual(limit);
  expect(limit - accounts.mostCharged).toBeLessThan(500);
  expect([state.phase, state.reservations.size, state.sums.of(budget)]).toEqual(["active", 0, accounts.charged]);
  expectAnswered(lines, accounts);
  expectExecuted(lines, accounts);
  tell(name, lines, accounts, duration, limit);
});

type Told<D extends Line["did"]> = Extract<Line, { did: D }>;
const of = <D extends Line["did"]>(lines: readonly Line[], did: D) =>
  lines.filter((line): line is Told<D> => line.did === did);

/** Each question has one answer, and each record of a verdict is the answer to one question. */
function expectAnswered(lines: readonly Line[], { verdicts, byId, allows }: Accounts): void {
  const heard = of(lines, "hear");
  const bounced = of(lines, "bounce");
  expect(of(lines, "retry").filter(({ code }) => code !== "CONTENTION")).toEqual([]);
  expect(heard).toHaveLength(workers * proposals);
  expect(heard.filter(({ seq, code }) => seq === null || !["BUDGET_EXCEEDED", null].includes(code))).toEqual([]);
  expect(heard.filter(({ seq, verdict }) => verdicts.get(seq ?? 0) !== verdict)).toEqual([]);
  expect(heard.filter(({ jti, seq }) => jti !== null && allows.get(jti)?.seq !== seq)).toEqual([]);
  expect(bounced.filter(({ code }) => code !== "RESERVATION_MISSING")).toEqual([]);

  const askers = new Map<number, Set<string>>();
  // A refusal that others kept from being written, again and again, is a refusal all the same.
  for (const { seq, bill } of [...heard, ...bounced.filter(({ seq }) => seq !== null)]) {
    const bills = askers.get(seq ?? 0) ?? new Set();
    if (bills.size > 0 && !isEveryones(bill)) throw new Error(`record ${seq} was answered to two proposers`);
    askers.set(seq ?? 0, bills.add(bill));
  }
  expect([...askers.values()].filter(({ size }) => size !== 1)).toEqual([]);
  expect([...askers.keys()].sort((a, b) => a - b)).toEqual([...verdicts.keys()]);
  expect([...byId.values()].filter(({ length }) => length !== 1)).toEqual([]);
}

/** Each allow was paid once, and every payment is in the ledger, with what it cost. */
function expectExecuted(lines: readonly Line[], { allows, settled, charged }: Accounts): void {
  const paid = of(lines, "pay");
  expect(paid.map(({ jti }) => jti).sort()).toEqual([...allows.keys()].sort());
  expect([...allows.values()].filter(({ consumed, ended }) => consumed === undefined || ended.length !== 1)).toEqual(
    [],
  );
  expect(paid.reduce((sum, line) => sum + line.paid, 0)).toBe(settled);
  expect(charged).toBe(settled);
  expect(of(lines, "settle").filter(({ outcome }) => outcome !== "appended")).toEqual([]);
}

function tell(name: string, lines: readonly Line[], accounts: Accounts, duration: number, limit: number): void {
  const retries = of(lines, "retry");
  const count = (what: Told<"retry">["what"]) => retries.filter((line) => line.what === what).length;
  figure(
    `races, ${name}: ${workers} processes × ${proposals} proposals at one session in ${(duration / 1000).toFixed(1)} s: ` +
      `${accounts.allows.size} allowed and paid once, ${accounts.mostCharged} cents of ${limit} at most, ` +
      `${accounts.settled} settled and told by the tools; ${of(lines, "bounce").length} second redemptions refused ` +
      `(${of(lines, "bounce").filter(({ seq }) => seq === null).length} of them unrecorded); ` +
      `${accounts.records} records (${Math.round((accounts.records * 1000) / duration)} a second); CONTENTION ` +
      `${count("propose")} × proposing, ${count("redeem")} × redeeming, ${count("settle")} × settling; ` +
      "0 overspent, 0 lost, 0 doubled",
  );
}
