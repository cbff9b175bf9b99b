/** A store whose answer is lost after it has written: nobody learns that it has, and the record counts once. */
import { expect, test } from "vitest";
import { beginLog, openLog } from "../../runtime/ledger/log.ts";
import { memoryStore } from "../../runtime/ledger/store/memory.ts";
import type { Store } from "../../runtime/ledger/store/store.ts";
import { activation, allow, envelope } from "./entries.ts";

const fault = { code: "STORE_UNAVAILABLE", message: "the connection was lost" } as const;
const charges = { "budgets/actions": { amount: 1 } };

async function begin() {
  const store = memoryStore();
  let isCut = false;
  const unreliable: Store = {
    ...store,
    async append(...args) {
      const result = await store.append(...args);
      return isCut ? { outcome: "failed", fault } : result;
    },
  };
  const begun = await beginLog(unreliable, activation(), envelope);
  if (begun.outcome !== "begun") throw new Error(begun.outcome);
  const { log } = begun;
  const cut = async <T>(work: () => Promise<T>) => {
    isCut = true;
    const result = await work();
    isCut = false;
    return result;
  };
  return { store, log, cut, session: log.state.end.session };
}

test("fails, and holds nothing until it is read again; then it is held once", async () => {
  const { store, log, cut, session } = await begin();
  expect(await cut(() => log.append(allow(1, { charges })))).toEqual({ outcome: "failed", fault });
  expect([log.state.end.head.seq, log.state.reservations.size]).toEqual([1, 0]);
  for (let times = 0; times < 2; times++) {
    expect(await log.refresh()).toBeUndefined();
    expect([log.state.end.head.seq, log.state.reservations.size]).toEqual([2, 1]);
    expect(log.state.sums.of("budgets/actions")).toBe(1);
  }
  const other = await openLog(store, session);
  expect(other.ok && other.log.state).toEqual(log.state);
});

test("cannot be written a second time, neither the same record nor another one, before it has been read", async () => {
  const { store, log, cut, session } = await begin();
  await cut(() => log.append(allow(1, { charges })));
  expect(await log.append(allow(1, { charges }))).toEqual({ outcome: "lost" });
  expect(await log.append(allow(1, { charges, jti: "u" }))).toEqual({ outcome: "lost" });
  const page = await store.read(session, 1, 10);
  expect(page.ok && page.texts).toHaveLength(2);
  expect(await log.refresh()).toBeUndefined();
  expect(await log.append(allow(1, { charges, jti: "u" }))).toMatchObject({ outcome: "appended", record: { seq: 3 } });
  expect(log.state.sums.of("budgets/actions")).toBe(2);
});

test("leaves an activation that cannot be made again, and that can be found", async () => {
  const store = memoryStore();
  const cut: Store = {
    ...store,
    async append(...args) {
      await store.append(...args);
      return { outcome: "failed", fault };
    },
  };
  expect(await beginLog(cut, activation(), envelope)).toEqual({ outcome: "failed", fault });
  expect(await beginLog(store, activation(), envelope)).toEqual({ outcome: "claimed" });
  const claimant = await store.claimant("env_1");
  const session = claimant.ok ? claimant.session : undefined;
  expect(await openLog(store, session ?? "")).toMatchObject({ ok: true });
});
