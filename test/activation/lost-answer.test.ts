/** An activation whose answer is lost on the way back has happened, and the one who asked for it gets to know. */
import { expect, test } from "vitest";
import { memoryStore } from "../../runtime/ledger/store/memory.ts";
import type { Store } from "../../runtime/ledger/store/store.ts";
import { activated, now, routine } from "./desk.ts";

const fault = { code: "STORE_UNAVAILABLE", message: "the connection was lost" } as const;

/** Writes, and does not say so. */
function mute(store: Store): Store {
  return {
    ...store,
    async append(...args) {
      await store.append(...args);
      return { outcome: "failed", fault };
    },
  };
}

test("is found by its claim: the session that this very record began", async () => {
  const store = memoryStore();
  const got = await activated(routine, now, { store: mute(store) });
  if (got.outcome !== "activated") throw new Error(JSON.stringify(got));
  expect(got.log.state).toMatchObject({ phase: "active", end: { session: got.session, head: { seq: 1 } } });
  expect(await store.claimant(got.evaluator.envelope.id)).toEqual({ ok: true, session: got.session });
});

test("is not taken for the one of another session, nor for one that is not there", async () => {
  const store = memoryStore();
  await activated(routine, now, { store });
  const claimed = await activated(routine, now + 1000, { store: mute(store) });
  expect(claimed).toMatchObject({ outcome: "failed", fault });
  const deaf: Store = { ...memoryStore(), append: async () => ({ outcome: "failed", fault }) };
  expect(await activated(routine, now, { store: deaf })).toMatchObject({ outcome: "failed", fault });
  let isWritten = false;
  const written = memoryStore();
  const forked: Store = { ...mute(memoryStore()), claimant: async () => ({ ok: true, session: "another" }) };
  expect(await activated(routine, now, { store: forked })).toMatchObject({ outcome: "failed", fault });
  const liar: Store = {
    ...written,
    async append(...args) {
      await written.append(...args);
      isWritten = true;
      return { outcome: "failed", fault };
    },
    claimant: (claim) => (isWritten ? Promise.reject(new Error("no")) : written.claimant(claim)),
  };
  expect(await activated(routine, now, { store: liar })).toMatchObject({ outcome: "failed" });
});

test("made a second time later, is refused, and the refusal names the session", async () => {
  const store = memoryStore();
  const first = await activated(routine, now, { store });
  const again = await activated(routine, now + 1000, { store });
  expect(again).toMatchObject({ outcome: "rejected", check: "id" });
  const session = first.outcome === "activated" ? first.session : "";
  expect(again.outcome === "rejected" && again.message).toContain(`in session ${session}`);
});
