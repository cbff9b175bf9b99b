/** Stores that break their promises: the log answers all the same, and takes nothing for written that may not be. */
import { describe, expect, test } from "vitest";
import { beginLog, openLog } from "../../runtime/ledger/log.ts";
import { careful } from "../../runtime/ledger/store/careful.ts";
import { memoryStore } from "../../runtime/ledger/store/memory.ts";
import type { Store } from "../../runtime/ledger/store/store.ts";
import { activation, allow, envelope, notAllowed } from "./entries.ts";

type Lie = () => unknown;

const lies: Record<string, Lie> = {
  throws: () => {
    throw new Error("broken");
  },
  rejects: () => Promise.reject(new Error("broken")),
  "rejects with nothing": () => Promise.reject(),
  "answers nothing": async () => undefined,
  "answers a text": async () => "appended",
  "answers no text": async () => ({ ok: true, session: 0 }),
  "answers numbers": async () => ({ ok: true, texts: [1, 2], session: 1 }),
  "answers a word that it does not have": async () => ({ outcome: "written" }),
  "fails without a fault": async () => ({ ok: false, outcome: "failed" }),
  "fails with half a fault": async () => ({ ok: false, outcome: "failed", fault: {} }),
  "is no longer sure": async () => ({ ok: 1, outcome: 1, texts: [] }),
};

const failed = { code: "STORE_UNAVAILABLE", message: expect.stringContaining("the store ") };

/** A store that begins to lie when it is told to. */
async function begun(lie: Lie) {
  const store = memoryStore();
  let lying = false;
  const maybe = <T>(truth: () => Promise<T>) => (lying ? (lie() as Promise<T>) : truth());
  const liar: Store = {
    read: (...args) => maybe(() => store.read(...args)),
    append: (...args) => maybe(() => store.append(...args)),
    claimant: (...args) => maybe(() => store.claimant(...args)),
    close: () => maybe(() => store.close()),
  };
  const first = await beginLog(liar, activation(), envelope);
  if (first.outcome !== "begun") throw new Error(first.outcome);
  lying = true;
  return { liar, log: first.log, session: first.log.state.end.session };
}

describe.each(Object.entries(lies))("where a store %s", (_, lie) => {
  test("a session is not opened, begun, refreshed or gone on with", async () => {
    const { liar, log, session } = await begun(lie);
    expect(await openLog(liar, session)).toMatchObject({ ok: false, fault: failed });
    expect(await beginLog(liar, activation("env_2"), envelope)).toMatchObject({ outcome: "failed", fault: failed });
    expect(await log.refresh()).toMatchObject(failed);
    expect(await log.append(allow(1))).toMatchObject({ outcome: "failed", fault: failed });
    expect(log.state.end.head.seq).toBe(1);
  });

  test("nobody is told who made a claim, and closing is quiet", async () => {
    const { liar } = await begun(lie);
    expect(await careful(liar).claimant("env_1")).toMatchObject({ ok: false, fault: failed });
    expect(await careful(liar).close()).toBeUndefined();
  });
});

test("a fault of the store is told as it is", async () => {
  const fault = { code: "STORE_UNAVAILABLE", message: "the disk is gone", cause: "EIO" };
  const { log } = await begun(async () => ({ ok: false, outcome: "failed", fault }));
  expect(await log.refresh()).toEqual(fault);
  expect(await log.append(allow(1))).toEqual({ outcome: "failed", fault });
});

describe("a record of more than 4 Mi characters", () => {
  const denied = (length: number) => {
    const { body, ...rest } = notAllowed("deny", 1);
    const [violation] = body.violations;
    return { ...rest, body: { ...body, violations: [{ ...violation!, message: "m".repeat(length) }] } };
  };

  test("is not appended", async () => {
    const { log } = await begun(lies.throws!);
    const problem = { code: "RECORD_TOO_LARGE", seq: 2 };
    expect(await log.append(denied(4_194_304))).toMatchObject({ outcome: "refused", problem });
    expect(log.state.end.head.seq).toBe(1);
  });

  test("begins no session", async () => {
    const entry = activation();
    const large = { ...entry, body: { ...entry.body, document: "x".repeat(4_194_304) } };
    expect(await beginLog(memoryStore(), large, envelope)).toMatchObject({
      problem: { code: "RECORD_TOO_LARGE", seq: 1 },
    });
  });

  test("is not read, though its hash is right", async () => {
    const store = memoryStore();
    const first = await beginLog(store, activation(), envelope);
    if (first.outcome !== "begun") throw new Error(first.outcome);
    const { log } = first;
    expect(await log.append(denied(4_000_000))).toMatchObject({ outcome: "appended" });
    const { head, session } = log.state.end;
    await store.append(session, head, { seq: 3, hash: "h", text: `{"at":1${" ".repeat(4_194_304)}}` });
    expect(await log.refresh()).toMatchObject({ problem: { code: "RECORD_TOO_LARGE", seq: 3 } });
  });
});

test("what is read at once is bounded", async () => {
  const store = memoryStore();
  const limits: number[] = [];
  const watched: Store = {
    ...store,
    read(session, from, limit) {
      limits.push(limit);
      return store.read(session, from, limit);
    },
  };
  const first = await beginLog(store, activation(), envelope);
  if (first.outcome !== "begun") throw new Error(first.outcome);
  for (let i = 0; i < 200; i++) await first.log.append(notAllowed("deny", 1));
  const opened = await openLog(watched, first.log.state.end.session);
  expect(opened).toMatchObject({ ok: true, log: { state: { end: { head: { seq: 201 } } } } });
  expect(Math.max(...limits)).toBeLessThanOrEqual(100);
});
