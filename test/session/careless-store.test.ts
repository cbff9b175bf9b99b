/** A store that answers what is no answer when it is read: nothing throws, and nothing is taken for a record. */
import { expect, test } from "vitest";
import { proveRecord } from "../../runtime/ledger/checkpoint/prove-record.ts";
import { memoryStore } from "../../runtime/ledger/store/memory.ts";
import type { Store } from "../../runtime/ledger/store/store.ts";
import { caller, issuer, openGateway, pay, signers } from "./gateway.ts";

const answers: readonly (readonly [string, () => unknown])[] = [
  ["nothing", () => undefined],
  ["texts that are none", () => ({ ok: true, texts: [5] })],
  ["a text in place of a list", () => ({ ok: true, texts: "{}" })],
  [
    "by throwing",
    () => {
      throw new Error("no");
    },
  ],
];

test.each(answers)("that answers %s", async (_, answer) => {
  const inner = memoryStore();
  let isCareless = false;
  const store: Store = { ...inner, read: async (...args) => (isCareless ? (answer() as never) : inner.read(...args)) };
  const { session } = await openGateway({ store });
  const { token } = await session.propose(pay("1.00", { id: "1" }), caller);
  expect(token).not.toBeNull();
  isCareless = true;
  expect(await session.read(2)).toBeUndefined();
  expect(await session.propose(pay("1.00", { id: "1" }), caller)).toMatchObject({
    verdict: "deny",
    code: "STORE_UNAVAILABLE",
    token: null,
  });
  const settings = { gateway: issuer, signers: [signers.gateway] };
  expect(await proveRecord(store, session.id, 2, settings)).toMatchObject({ ok: false });
});
