/** What a breaker orders to be cancelled: by the gateway, recorded, until it is confirmed or people hear that it is not. */
import { describe, expect, test } from "vitest";
import { breaker, caller, canceller, type Desk, openDesk, pay } from "./desk.ts";

const loss = breaker("realized_loss", { atLeast: "5.00" }, "halt_and_cancel");
const trip = { metrics: [{ metric: "realized_loss", value: "5.00" }] };

async function outcomes({ of }: Desk): Promise<readonly string[]> {
  return (await of("cancelled")).map(({ decided, attempt, outcome }) => `${decided} ${attempt} ${outcome}`);
}

test("every external effect that happened or may have is cancelled, and no other one", async () => {
  const { asked, ...rest } = canceller("confirmed", "nothing_to_cancel");
  const desk = await openDesk([loss], rest);
  await desk.payOnce();
  await desk.payOnce({ outcome: "not_executed" });
  await desk.payOnce({ outcome: "unknown" });
  const cancelled = JSON.stringify({ tool: "bank.cancel", args: { payment: "p-1" } });
  const local = await desk.session.propose(cancelled, caller);
  await desk.guard.redeem(local.token, cancelled);
  await desk.payOnce(trip);
  expect(await desk.session.finishCancels()).toBe(0);
  expect(asked.map(({ decided, outcome, results }) => ({ decided, outcome, results }))).toEqual([
    { decided: 2, outcome: "executed", results: { payment: "p-1" } },
    { decided: 8, outcome: "unknown", results: {} },
    { decided: 14, outcome: "executed", results: { payment: "p-4" } },
  ]);
  expect(asked[0]).toMatchObject({
    effect: "pay",
    tool: "bank.pay",
    fields: { payee: "alice", amount: 100 },
    attempt: 1,
  });
  expect(await outcomes(desk)).toEqual(["2 1 confirmed", "8 1 confirmed", "14 1 confirmed"]);
});

test("another breaker's action cancels nothing", async () => {
  const { asked, ...rest } = canceller();
  const desk = await openDesk([breaker("realized_loss", { atLeast: "5.00" }, "freeze")], rest);
  await desk.payOnce(trip);
  expect(await desk.session.finishCancels()).toBe(0);
  expect(asked).toEqual([]);
});

test("a canceller that throws, hangs, or answers nonsense is asked again, and each attempt is recorded", async () => {
  const { asked, ...rest } = canceller(new Error("no route"), "hang", "yes");
  const desk = await openDesk([loss], rest);
  await desk.payOnce(trip);
  expect(await desk.session.finishCancels()).toBe(0);
  expect(asked.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4]);
  expect(await outcomes(desk)).toEqual(["2 1 retry", "2 2 retry", "2 3 retry", "2 4 confirmed"]);
  expect((await desk.of("cancelled"))[0]).toMatchObject({ message: "no route" });
});

test("what cannot be cancelled is an incident that freezes", async () => {
  const { canceller: cancel, ...rest } = canceller(...[1, 2, 3].map((i) => new Error(`try ${i}`)));
  const desk = await openDesk([loss], { ...rest, canceller: cancel, cancelAttempts: 3 });
  await desk.payOnce(trip);
  expect(await desk.session.finishCancels()).toBe(0);
  expect(await outcomes(desk)).toEqual(["2 1 retry", "2 2 retry", "2 3 failed"]);
  expect(await desk.of("incident")).toMatchObject([{ code: "CANCEL_FAILED", freezes: true, about: 2 }]);
  expect(desk.session.state.phase).toBe("frozen");
});

test("without a canceller every cancel of a gateway has failed", async () => {
  const desk = await openDesk([loss]);
  await desk.payOnce(trip);
  await desk.session.finishCancels();
  expect(await outcomes(desk)).toEqual(["2 1 failed"]);
  expect(desk.session.state.phase).toBe("frozen");
});

test("another process goes on where one has ended, and counts on", async () => {
  const down = canceller(...Array.from({ length: 9 }, () => new Error("down")));
  const desk = await openDesk([loss], { ...down, cancelAttempts: 3, cancelPauseSeconds: 60 });
  await desk.payOnce(trip);
  while ((await outcomes(desk)).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  const up = canceller();
  const next = await desk.gateway.reopen({ ...up, cancelAttempts: 3 });
  expect(await next.finishCancels()).toBe(0);
  expect(up.asked.map(({ attempt }) => attempt)).toEqual([2]);
  expect(await outcomes(desk)).toEqual(["2 1 retry", "2 2 confirmed"]);
});

describe("an effect that is under way", () => {
  test("is asked about at once, and again when it is known how it ended", async () => {
    const { asked, ...rest } = canceller("nothing_to_cancel");
    const desk = await openDesk([loss], rest);
    const flying = await desk.session.propose(pay("2.00"), caller);
    const { reservation } = (await desk.of("decided"))[0]!;
    await desk.session.redeem(flying.seq!, reservation!.jti);
    await desk.payOnce(trip);
    expect(await desk.session.finishCancels()).toBe(1);
    expect(asked.map(({ decided, outcome }) => `${decided} ${outcome}`)).toEqual(["2 unsettled", "4 executed"]);
    await desk.session.settle(2, reservation!.jti, { outcome: "executed", result: { id: "p-9" } });
    expect(await desk.session.finishCancels()).toBe(0);
    expect(asked.at(-1)).toMatchObject({ decided: 2, outcome: "executed", results: { payment: "p-9" }, attempt: 2 });
  });
});

test("after a kill nothing is cancelled any more", async () => {
  const { asked, ...rest } = canceller();
  const desk = await openDesk([loss], rest);
  const flying = await desk.session.propose(pay("2.00"), caller);
  const { reservation } = (await desk.of("decided"))[0]!;
  await desk.session.redeem(flying.seq!, reservation!.jti);
  await desk.session.kill("stop");
  await desk.session.settle(2, reservation!.jti, { outcome: "executed", ...trip });
  expect(await desk.session.finishCancels()).toBe(1);
  expect(asked).toEqual([]);
});

test.each([
  { cancelAttempts: 0 },
  { cancelSeconds: 0 },
  { cancelPauseSeconds: Number.NaN },
  { canceller: "x" as never },
])("%j are no settings", async (settings) => {
  const { gateway } = await openDesk([loss]);
  await expect(gateway.reopen(settings)).rejects.toThrow(TypeError);
});
