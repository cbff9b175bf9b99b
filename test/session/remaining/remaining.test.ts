/** What remains of one session after another: the answers that people would work out by hand. */
import { describe, expect, test } from "vitest";
import { memoryStore } from "../../../runtime/ledger/store/memory.ts";
import type { Store } from "../../../runtime/ledger/store/store.ts";
import type { EffectRemaining } from "../../../runtime/session/remaining/remaining.ts";
import type { Session } from "../../../runtime/session/session.ts";
import { caller, document, openGateway, pay, payEffect, start } from "../gateway.ts";
import { plain } from "../plain.ts";

async function remains(session: Session, effect = "pay"): Promise<EffectRemaining> {
  const answer = await session.remaining();
  if (!answer.ok) throw new Error(answer.fault.message);
  return answer.remaining.effects.find((each) => each.effect === effect)!;
}

const payWith = (more: Readonly<Record<string, unknown>>) => document({ effects: { pay: { ...payEffect, ...more } } });

async function consume(session: Session, seq: number | null): Promise<string> {
  const { decided, jti } = session.state.reservations.get(seq ?? 0)!;
  await session.record((at) => ({ type: "consumed", at, body: { decided, jti } }));
  return jti;
}

describe("where nothing is left", () => {
  test.each([
    ["killed", "kill", (session: Session) => session.kill("console")],
    [
      "frozen",
      "phase",
      (session: Session) =>
        session.record((at) => ({ type: "incident", at, body: { code: "X", message: "x", freezes: true } })),
    ],
  ])("a session that is %s: every effect is closed by `%s`", async (_, bound, end) => {
    const { session } = await openGateway();
    await end(session);
    for (const effect of ["pay", "cancel"])
      expect(await remains(session, effect)).toMatchObject({ open: false, calls: 0, amounts: {}, tools: [] });
    expect((await remains(session)).closedBy).toMatchObject([{ id: bound }]);
    expect(await remains(session)).not.toHaveProperty("until");
  });

  test("an effect of which somebody redeemed a call, and nobody said how it ended: before that is written, too", async () => {
    const { session, time } = await openGateway();
    const { seq } = await session.propose(pay("1.00"), caller);
    await consume(session, seq);
    expect((await remains(session)).until).toEqual({ at: start + 60_000, by: ["phase"] });
    time.now += 59_999;
    expect(await remains(session)).toMatchObject({ open: true });
    time.now += 1;
    expect(await remains(session)).toMatchObject({ open: false, closedBy: [{ id: "phase" }] });
    expect(await session.propose(pay("1.00"), caller)).toMatchObject({ verdict: "deny", primary: "phase" });
  });

  test("results that nobody has produced yet cannot be named", async () => {
    const { session } = await openGateway();
    const closed = { open: false, closedBy: [{ id: "effects/cancel/allow/payment" }], produced: { payment: [] } };
    expect(await remains(session, "cancel")).toMatchObject(closed);
    const { seq } = await session.propose(pay("1.00"), caller);
    await session.settle(seq!, await consume(session, seq), { outcome: "executed", result: { id: "p-1" } });
    expect(await remains(session, "cancel")).toMatchObject({ open: true, produced: { payment: ["p-1"] } });
  });

  test("a window that is full says when it frees", async () => {
    const { session, time } = await openGateway({ envelope: payWith({ velocity: [{ max: 2, seconds: 60 }] }) });
    await session.propose(pay("1.00"), caller);
    time.now += 10_000;
    expect(await remains(session)).toMatchObject({ open: true, calls: 1 });
    await session.propose(pay("1.00"), caller);
    const left = await remains(session);
    expect(left).toMatchObject({ open: false, closedBy: [{ id: "effects/pay/velocity/0" }] });
    expect(left.limits.at(-1)).toEqual({ bound: "effects/pay/velocity/0", left: 0, calls: 0, freesAt: start + 60_000 });
    time.now = start + 59_999;
    expect(await remains(session)).toMatchObject({ open: false });
    time.now = start + 60_000;
    expect(await remains(session)).toMatchObject({ open: true, calls: 1 });
  });

  test("a store or a clock that does not answer: nothing is known, and nothing thrown", async () => {
    const inner = memoryStore();
    let isDown = false;
    const store: Store = {
      ...inner,
      read: (...args) => (isDown ? Promise.reject(new Error("the plug is out")) : inner.read(...args)),
    };
    const { session, time } = await openGateway({ store });
    time.now = start - 1;
    expect(await session.remaining()).toMatchObject({ ok: false, fault: { code: "CLOCK_REGRESSION" } });
    time.now = start;
    isDown = true;
    expect(await session.remaining()).toMatchObject({ ok: false, fault: { code: "STORE_UNAVAILABLE" } });
    isDown = false;
    expect(await session.remaining()).toMatchObject({ ok: true });
  });
});

describe("what is left", () => {
  test("of each limit, at once and in all, in minor units; asking appends nothing", async () => {
    const { session, records } = await openGateway();
    for (const _ of [1, 2, 3]) await session.propose(pay("5.00"), caller);
    await session.propose(pay("1.00"), caller);
    const { limits, amounts, ...left } = await remains(session);
    expect(left).toMatchObject({ open: true, closedBy: [], tools: ["bank.pay"], calls: 196, justification: false });
    expect(plain(amounts)).toEqual({ amount: { min: 0, max: 400, by: ["budgets/spend"] } });
    expect(limits.map(({ bound, left, calls }) => [bound, left, calls])).toEqual([
      ["effects/pay/session/calls", 196, 196],
      ["budgets/actions", 996, 996],
      ["budgets/externalCalls", 996, 996],
      ["budgets/spend", 400, null],
      ["effects/pay/velocity/0", 196, 196],
    ]);
    expect(await records()).toHaveLength(5);
  });

  test("what another process has spent meanwhile is gone", async () => {
    const { session, reopen } = await openGateway();
    await (await reopen()).propose(pay("5.00"), caller);
    expect((await remains(session)).limits).toContainEqual({ bound: "budgets/spend", left: 1500, calls: null });
  });

  test("what an expired token held is back before anybody has written that", async () => {
    const { session, time, records } = await openGateway();
    await session.propose(pay("5.00"), caller);
    const spend = async () => (await remains(session)).limits.find(({ bound }) => bound === "budgets/spend")?.left;
    time.now += 29_999;
    expect(await spend()).toBe(1500);
    time.now += 1;
    expect(await spend()).toBe(2000);
    expect(await records()).toHaveLength(2);
  });

  test("for each value of a field, and of this calendar hour", async () => {
    const session = {
      calls: { max: 9, perPeriod: "hour", timezone: "America/New_York" },
      amount: { max: "6.00", perField: "payee" },
    };
    const gateway = await openGateway({ envelope: payWith({ session }) });
    await gateway.session.propose(pay("5.00"), caller);
    const left = await remains(gateway.session);
    expect(left.limits[0]).toEqual({
      bound: "effects/pay/session/calls",
      left: 8,
      calls: 8,
      period: { every: "hour", bucket: "2024-02-15T10", endsAt: start + 3_600_000 },
    });
    expect(plain(left.apart)).toEqual([
      {
        field: "payee",
        bounds: ["effects/pay/session/amount"],
        values: [
          { value: "alice", calls: 8, amounts: { amount: 100 } },
          { value: "bob", calls: 8, amounts: { amount: 500 } },
        ],
        others: null,
      },
    ]);
    gateway.time.now += 3_600_000;
    expect(await remains(gateway.session)).toMatchObject({ calls: 9 });
  });

  test("which people are asked, and where", async () => {
    const approval = { keys: 2, roles: ["risk"], when: { amount: { min: "3.00" } } };
    const gateway = await openGateway({
      envelope: payWith({ approval, channel: "propose", justification: "required" }),
    });
    expect(await remains(gateway.session)).toMatchObject({
      open: true,
      justification: true,
      approvals: [
        { bound: "effects/pay/approval", keys: 2, roles: ["risk"], when: { amount: { min: "3.00" } } },
        { bound: "effects/pay/channel", keys: 2, roles: null, when: null },
      ],
    });
  });

  test("until the first of whatever ends it", async () => {
    const schedule = { timezone: "America/New_York", windows: [{ days: ["thu"], from: "09:30", until: "10:05" }] };
    const { session } = await openGateway({ envelope: payWith({ schedule }) });
    expect((await remains(session)).until).toEqual({ at: start + 300_000, by: ["effects/pay/schedule"] });
    const watched = await openGateway({ envelope: document({ evidence: { perimeter: { maxAgeSeconds: 60 } } }) });
    await watched.session.evidence("perimeter", start - 1_000);
    expect((await remains(watched.session)).until).toEqual({ at: start + 59_001, by: ["evidence/perimeter"] });
    const other = await openGateway();
    const end = Date.parse("2024-02-15T21:00:00Z");
    const both = { at: end, by: ["validity/expires_at", "validity/duration"] };
    expect((await remains(other.session)).until).toEqual(both);
  });
});
