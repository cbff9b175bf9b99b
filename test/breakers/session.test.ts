/** Breakers stop a session: after what trips them, before everything else, and whoever else writes. */
import { describe, expect, test } from "vitest";
import { memoryStore } from "../../runtime/ledger/store/memory.ts";
import { breaker, caller, openDesk, pay, people, refused } from "./desk.ts";

const loss = breaker("realized_loss", { atLeast: "500.00" });
const metrics = (value: string | number, metric = "realized_loss") => ({ metrics: [{ metric, value }] });

describe("a metric that an executor reports", () => {
  test("trips, is told with its value, and nothing is allowed any more", async () => {
    const { payOnce, of } = await openDesk([loss]);
    expect(await payOnce(metrics("499.99"))).toBe("executed");
    expect(await payOnce(metrics("500.00"))).toBe("executed");
    expect(await payOnce()).toBe("deny CIRCUIT_BREAKER_ACTIVE");
    expect(await of("halted")).toEqual([{ breaker: "b1", action: "halt", ...metrics("500.00") }]);
  });

  test("counts by its last value", async () => {
    const { payOnce, types } = await openDesk([loss]);
    const report = { metrics: [...metrics("900.00").metrics, ...metrics("1.00").metrics] };
    await payOnce(report);
    expect(await types()).not.toContain("halted");
  });

  test("that nobody understands trips", async () => {
    const { payOnce, of } = await openDesk([loss]);
    await payOnce(metrics("x".repeat(100)));
    expect(await of("halted")).toEqual([{ breaker: "b1", action: "halt", ...metrics("(too long)") }]);
  });

  test("also reaches a token that was given before: it is not redeemed", async () => {
    const { session, guard, payOnce } = await openDesk([loss]);
    const early = await session.propose(pay("2.00"), caller);
    await payOnce(metrics("600.00"));
    expect(await guard.redeem(early.token, pay("2.00"))).toMatchObject({ denial: { code: "CIRCUIT_BREAKER_ACTIVE" } });
  });
});

describe("what the session counts itself", () => {
  test("denies in a row: an allow ends them, a hold does not", async () => {
    const { session, payOnce, types } = await openDesk([breaker("denial_streak", { atLeast: 2 })]);
    await session.propose(refused, caller);
    await payOnce();
    await session.propose(refused, caller);
    expect(await types()).not.toContain("halted");
    await session.propose(refused, caller);
    expect((await types()).at(-1)).toBe("halted");
  });

  test("refusals of the guard are denies, and those of tokens that no gateway gave are not", async () => {
    const { session, guard, types } = await openDesk([breaker("denial_streak", { atLeast: 2 })]);
    const { token } = await session.propose(pay("1.00"), caller);
    for (const forged of ["a", "b"]) await guard.redeem(forged, pay("1.00"));
    expect(await types()).not.toContain("halted");
    for (const amount of ["2.00", "3.00"]) await guard.redeem(token, pay(amount));
    expect((await types()).at(-1)).toBe("halted");
  });

  test("keys that let nothing go on are no denies in a row: whoever brings them stops no session that runs", async () => {
    const { session, of, types } = await openDesk([breaker("denial_streak", { atLeast: 2 })]);
    for (let i = 0; i < 3; i++) await session.resume(["no approval"], people, undefined, undefined);
    expect((await of("decided")).map(({ verdict }) => verdict)).toEqual(["deny", "deny", "deny"]);
    expect(await types()).not.toContain("halted");
  });

  test("settlements in a row that are not executed", async () => {
    const { payOnce, types } = await openDesk([breaker("error_streak", { atLeast: 2 })]);
    for (const outcome of ["unknown", "executed", "not_executed"] as const) await payOnce({ outcome });
    expect(await types()).not.toContain("halted");
    await payOnce({ outcome: "not_executed" });
    expect((await types()).at(-1)).toBe("halted");
  });

  test("holds among the last hundred verdicts", async () => {
    const held = { effects: { send: { ...sendEffect } }, budgets };
    const { session, of } = await openDesk([breaker("hold_rate", { atLeast: 3 })], { envelope: held });
    for (let i = 0; i < 2; i++) await session.propose(send, caller);
    for (let i = 0; i < 98; i++) await session.propose(refused, caller);
    // The first one has left the window when the third one comes.
    await session.propose(send, caller);
    expect(await of("halted")).toEqual([]);
    await session.propose(send, caller);
    await session.propose(send, caller);
    expect(await of("halted")).toMatchObject([{ metrics: [{ metric: "hold_rate", value: 3 }] }]);
  });
});

const budgets = { actions: { max: 1000 }, externalCalls: { max: 1000 }, spend: { max: "20.00", unit: "USD" } };
const sendEffect = {
  tools: ["mail.send"],
  external: false,
  fields: { to: { from: "/to", type: "string" } },
  allow: { to: { oneOf: ["ann"] } },
  session: { calls: { max: 200 } },
  velocity: [{ max: 200, seconds: 60 }],
  approval: { keys: 1, roles: ["risk"] },
};
const send = JSON.stringify({ tool: "mail.send", args: { to: "ann" } });

describe("a freeze", () => {
  test("halts and freezes", async () => {
    const { payOnce, session } = await openDesk([breaker("realized_loss", { atLeast: "1" }, "freeze")]);
    await payOnce(metrics("2.00"));
    expect(session.state).toMatchObject({ halted: true, phase: "frozen" });
  });
});

describe("a process that ends between what trips and the halt", () => {
  /** Lets pass everything but `halted`, as long as it is told to. */
  function forgetful() {
    const store = memoryStore();
    const control = { forgets: true };
    const append: typeof store.append = async (session, after, record, claim) =>
      control.forgets && record.text.includes('"type":"halted"')
        ? { outcome: "failed", fault: { code: "STORE_UNAVAILABLE", message: "gone" } }
        : store.append(session, after, record, claim);
    return { control, store: { ...store, append } };
  }

  test("opens nothing: where the halt cannot be written, nothing is allowed", async () => {
    const { store } = forgetful();
    const { payOnce, types } = await openDesk([loss], { store });
    await payOnce(metrics("500.00"));
    expect(await payOnce()).toBe("deny STORE_UNAVAILABLE");
    expect(await types()).toEqual(["activated", "decided", "consumed", "settled"]);
  });

  test("opens nothing: the next process halts before it decides, and before it redeems", async () => {
    const { store, control } = forgetful();
    const { gateway, guardOf, session, payOnce, types } = await openDesk([loss], { store });
    const early = await session.propose(pay("2.00"), caller);
    await payOnce(metrics("500.00"));
    const next = await gateway.reopen();
    expect(await guardOf(next).redeem(early.token, pay("2.00"))).toMatchObject({
      denial: { code: "STORE_UNAVAILABLE" },
    });
    control.forgets = false;
    expect(await guardOf(next).redeem(early.token, pay("2.00"))).toMatchObject({
      denial: { code: "CIRCUIT_BREAKER_ACTIVE" },
    });
    expect((await types()).filter((type) => type === "consumed")).toHaveLength(1);
    expect(await next.propose(pay("1.00"), caller)).toMatchObject({ verdict: "deny" });
  });
});

test("another process that has not read the halt is denied all the same", async () => {
  const { gateway, payOnce } = await openDesk([loss]);
  const other = await gateway.reopen();
  await payOnce(metrics("500.00"));
  expect(await other.propose(pay("1.00"), caller)).toMatchObject({ verdict: "deny", code: "CIRCUIT_BREAKER_ACTIVE" });
});
