/** Incidents that the store does not take at once: until each stands in the ledger, its session allows nothing (SPEC §10). */
import { describe, expect, test } from "vitest";
import { signReceipt } from "../../runtime/authority/token/receipt.ts";
import { memoryStore } from "../../runtime/ledger/store/memory.ts";
import type { Store } from "../../runtime/ledger/store/store.ts";
import { heldHost } from "../faults/hosts.ts";
import { caller, pay, signers } from "../session/gateway.ts";
import { type Bank, bothApprove, openBank, people, resumeText } from "./desk.ts";

const fault = { code: "STORE_UNAVAILABLE", message: "the disk is full" } as const;

/** A store that does not take so many of the records of that type; `after` runs once it has taken another one. */
function fullStore(type: string, times: number) {
  const inner = memoryStore();
  const disk = { left: times };
  const store: Store = {
    ...inner,
    async append(...given) {
      if (JSON.parse(given[2].text).type !== type || disk.left === 0) return inner.append(...given);
      disk.left -= 1;
      return { outcome: "failed", fault };
    },
  };
  return { store, inner, disk };
}

const stranger = "A".repeat(43);
const types = async ({ gateway }: Bank) => (await gateway.records()).map(({ type }) => type);
const foreignReceipt = ({ payOnce }: Bank) =>
  payOnce(async (_, { jti }) => ({
    outcome: "not_executed",
    receipt: await signReceipt(signers.gateway, { jti, outcome: "not_executed", amounts: {}, at: 0 }),
  }));

const reports: readonly (readonly [what: string, code: string, report: (bank: Bank) => Promise<unknown>])[] = [
  ["a receipt of nobody's", "RECEIPT_INVALID", foreignReceipt],
  [
    "more than was reserved",
    "SETTLED_ABOVE_RESERVATION",
    ({ payOnce }) => payOnce(() => ({ result: { id: "p" }, amounts: { "budgets/spend": 501 } })),
  ],
  ["a report that cannot be read", "SETTLEMENT_REFUSED", ({ payOnce }) => payOnce(() => ({ receipt: 1 as never }))],
  [
    "a report that the ledger does not take",
    "SETTLEMENT_REFUSED",
    ({ payOnce }) => payOnce(() => ({ result: { id: "p" }, amounts: { "budgets/other": 1 } })),
  ],
  [
    "a report on what is settled",
    "SETTLED_LATE",
    async ({ session, allow }) => {
      const { decided, jti } = await allow(true);
      await session.settle(decided, jti, { outcome: "executed", result: { id: "p" } });
      return session.settle(decided, jti, { outcome: "executed", result: { id: "p" } });
    },
  ],
  [
    "a token that nobody gave",
    "EFFECT_OUTSIDE_SET",
    ({ session }) => session.settle(2, stranger, { outcome: "executed" }),
  ],
  [
    "an executor's log",
    "EFFECT_OUTSIDE_SET",
    ({ session }) => session.reconcile([{ text: JSON.stringify({ jti: stranger, at: 1 }) }]),
  ],
];

describe.each(reports)("%s: %s", (_, code, report) => {
  test("that fails once is written before anything else", async () => {
    const { store, disk } = fullStore("incident", 1);
    const bank = await openBank({ store });
    await report(bank);
    expect(disk.left).toBe(0);
    expect(await bank.session.propose(pay("1.00"), caller)).toMatchObject({ code: "SESSION_NOT_ACTIVE" });
    expect(await bank.incidents()).toMatchObject([{ code, freezes: true }]);
    expect(bank.told).toMatchObject([
      { code, seq: null },
      { code, freezes: true, seq: expect.any(Number) },
    ]);
  });

  test("that can never be written denies for ever, and a kill is written all the same", async () => {
    const { store, disk } = fullStore("incident", 1_000_000);
    const bank = await openBank({ store });
    await report(bank);
    const { session } = bank;
    for (const _ of [1, 2])
      expect(await session.propose(pay("1.00"), caller)).toMatchObject({
        verdict: "deny",
        code: "STORE_UNAVAILABLE",
        seq: null,
      });
    expect(bank.told).toMatchObject([{ code, seq: null }]);
    expect(await session.kill("stop")).toMatchObject({ outcome: "appended" });
    disk.left = 0;
    await session.refresh();
    expect((await bank.incidents()).map((each) => each.code)).toEqual([code]);
  });
});

test("nothing that was allowed before is redeemed while an incident waits to be written", async () => {
  const { store, disk } = fullStore("incident", 1_000_000);
  const bank = await openBank({ store });
  const { decided, jti } = await bank.allow();
  await bank.session.settle(2, stranger, { outcome: "executed" });
  expect(await bank.session.redeem(decided, jti)).toMatchObject({ outcome: "failed" });
  disk.left = 0;
  expect(await bank.session.redeem(decided, jti)).toMatchObject({ problem: { code: "SESSION_NOT_ACTIVE" } });
});

test("what is wrong with a settlement stands before it: whoever ends between the two has frozen the session", async () => {
  const inner = memoryStore();
  let hasEnded = false;
  const store: Store = {
    ...inner,
    async append(...given) {
      if (hasEnded) return { outcome: "failed", fault };
      hasEnded = JSON.parse(given[2].text).type === "settled";
      return inner.append(...given);
    },
  };
  const bank = await openBank({ store });
  await foreignReceipt(bank);
  expect(await types(bank)).toEqual(["activated", "decided", "consumed", "incident", "settled"]);
  const next = await bank.gateway.reopen({ store: inner });
  expect(await next.propose(pay("1.00"), caller)).toMatchObject({ code: "SESSION_NOT_ACTIVE" });
});

test("an incident that could not be written is written once, and people resume after it", async () => {
  const { store } = fullStore("incident", 1);
  const bank = await openBank({ store, people, approvals: bothApprove });
  await bank.session.settle(2, stranger, { outcome: "executed" });
  const texts = [await resumeText("ann", "operator", bank), await resumeText("bob", "risk", bank)];
  expect(await bank.session.resume(texts, people, "looked at")).toMatchObject({ outcome: "resumed" });
  expect(await bank.session.propose(pay("1.00"), caller)).toMatchObject({ verdict: "allow" });
  expect(await bank.incidents()).toHaveLength(1);
});

describe("engines that disagree", () => {
  const disagreeing = heldHost(["cedar", "rego"]);
  const disagree = async ({ session }: Pick<Bank, "session">) => {
    disagreeing.hands.rego.tamper = () => ({ verdict: "allow", violations: [] });
    const answer = await session.propose(pay("9.00"), caller);
    disagreeing.hands.rego.tamper = undefined;
    return answer;
  };
  const incident = { code: "ENGINE_DISAGREEMENT", freezes: true, about: 2 };

  test("freeze the session in the next process, where this one ends before the incident is written", async () => {
    const { store, inner } = fullStore("incident", 1_000_000);
    const bank = await openBank({ store, host: disagreeing.host });
    expect(await disagree(bank)).toMatchObject({ code: "ENGINE_DISAGREEMENT", seq: 2 });
    expect(bank.told).toMatchObject([{ code: "ENGINE_DISAGREEMENT", seq: null, about: 2 }]);
    expect(await bank.session.propose(pay("1.00"), caller)).toMatchObject({ code: "STORE_UNAVAILABLE" });
    const next = await bank.gateway.reopen({ store: inner });
    expect(await next.propose(pay("1.00"), caller)).toMatchObject({ code: "SESSION_NOT_ACTIVE" });
    expect(await bank.incidents()).toMatchObject([incident]);
  });

  test("are one incident, whoever sees them first", async () => {
    const bank = await openBank({ host: disagreeing.host });
    const other = await bank.gateway.reopen();
    await Promise.all([disagree(bank), other.refresh(), other.refresh()]);
    await other.refresh();
    expect(await bank.incidents()).toMatchObject([incident]);
  });

  test("whose verdict cannot be written either deny until the incident is", async () => {
    const { store, disk } = fullStore("decided", 1);
    const bank = await openBank({ store, host: disagreeing.host });
    expect(await disagree(bank)).toMatchObject({ code: "STORE_UNAVAILABLE", seq: null });
    expect(disk.left).toBe(0);
    expect(await bank.incidents()).toMatchObject([{ code: "ENGINE_DISAGREEMENT", freezes: true }]);
  });
});
