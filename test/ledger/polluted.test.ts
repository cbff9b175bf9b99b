/** What somebody put on `Object.prototype` is no member of a record. */
import { afterEach, expect, test } from "vitest";
import { parseRecord } from "../../runtime/ledger/chain/parse.ts";
import { beginLog, openLog, type SessionLog } from "../../runtime/ledger/log.ts";
import { memoryStore } from "../../runtime/ledger/store/memory.ts";
import type { Store } from "../../runtime/ledger/store/store.ts";
import { activation, allow, approve, consume, envelope, notAllowed, release, settle } from "./entries.ts";

const prototype: Record<string, unknown> = Object.prototype as never;
const inherited: Record<string, unknown> = {
  bucket: "x",
  receipt: "jws",
  proposalId: "z",
  reservation: { jti: "j", expiresAt: 9e15, charges: {} },
  consumedAt: 1,
  transition: "resume",
  code: "KILLED",
  people: "sha256:",
  resultDigest: "x",
  fault: { code: "STORE_UNAVAILABLE", message: "no" },
};

const pollute = (name: string) =>
  Object.defineProperty(prototype, name, {
    value: inherited[name],
    configurable: true,
    enumerable: true,
    writable: true,
  });
afterEach(() => {
  for (const name of Object.keys(inherited)) delete prototype[name];
});

const spend = { "budgets/spend": { amount: 10 } };
const kept = { "effects/pay/session/amount": { amount: 3, bucket: '"a"' } };
const history = [
  allow(1, { charges: spend }),
  allow(2, { charges: { ...spend, ...kept }, proposalId: "a" }),
  notAllowed("hold", 2, { proposal: "q" }),
  notAllowed("deny", 2, { proposal: "q" }),
  approve(2),
  consume(3, 2),
  settle(4, 2, { amounts: { "budgets/spend": 1 } }),
  settle(4, 2),
  allow(5, { charges: spend }),
  release(40, 9),
];

async function told(store: Store) {
  const begun = await beginLog(store, activation(), envelope);
  if (begun.outcome !== "begun") throw new Error(begun.outcome);
  const outcomes: string[] = [];
  for (const entry of history) {
    const result = await begun.log.append(entry);
    outcomes.push(result.outcome === "refused" ? result.problem.code : result.outcome);
  }
  return { outcomes, log: begun.log };
}

function standing({ state }: SessionLog) {
  return JSON.stringify([
    [...state.sums.entries()],
    [...state.reservations],
    [...state.proposals],
    [...state.approvals],
    state.phase,
  ]);
}

test.each(Object.keys(inherited))("an inherited `%s` changes nothing of a session", async (name) => {
  const clean = await told(memoryStore());
  expect(clean.outcomes).toContain("RECEIPT_MISSING");
  const store = memoryStore();
  pollute(name);
  const polluted = await told(store);
  const reopened = await openLog(store, polluted.log.state.end.session);
  const standings = [polluted.log, ...(reopened.ok ? [reopened.log] : [])].map(standing);
  delete prototype[name];
  expect(polluted.outcomes).toEqual(clean.outcomes);
  expect(standings).toEqual([standing(clean.log), standing(clean.log)]);
});

test("no object of a record inherits anything", async () => {
  const store = memoryStore();
  const { log } = await told(store);
  const page = await store.read(log.state.end.session, 2, 1);
  const read = page.ok ? parseRecord(page.texts[0]!, 2) : undefined;
  if (read?.ok !== true || read.record.type !== "decided") throw new Error("no record");
  const { body } = read.record;
  for (const part of [read.record, body, body.reservation, body.reservation?.charges["budgets/spend"], body.request])
    expect(inheritedNames(part)).toEqual([]);
});

function inheritedNames(value: unknown): PropertyKey[] {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null ? [] : [...Reflect.ownKeys(prototype as object), ...inheritedNames(prototype)];
}
