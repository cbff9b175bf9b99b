/** BASE does nothing outside and has no flags but those it is given; a window grants its flags, for its time, with its budgets. */
import { describe, expect, test } from "vitest";
import { caller, document, openGateway, pay, payEffect, start } from "../gateway.ts";

async function violationsOf(envelope: object, calls: readonly string[], now = start): Promise<readonly string[]> {
  const gateway = await openGateway({ envelope: document(envelope as Record<string, unknown>) });
  let last: readonly string[] = [];
  for (const call of calls) {
    gateway.time.now = now;
    const { verdict, violations } = await gateway.session.propose(call, caller);
    last = verdict === "allow" ? ["allow"] : violations.map(({ id }) => id);
  }
  return last;
}

const once = [pay("1.00")];
const { channel: _, ...unchannelled } = payEffect;
const inside = { ...unchannelled, external: false };

describe("in BASE", () => {
  test("nothing happens outside, whatever flags there are", async () =>
    expect(await violationsOf({ mode: "base" }, once)).toContain("mode"));

  test("what stays inside may happen", async () =>
    expect(await violationsOf({ mode: "base", effects: { pay: inside } }, once)).toEqual(["allow"]));

  test("a flag that is not granted is off", async () =>
    expect(await violationsOf({ mode: "base", capabilities: [], effects: { pay: inside } }, once)).toEqual([
      "effects/pay/requires/FINANCIAL_ACTIONS",
    ]));
});

describe("in a WINDOW", () => {
  test("the flags listed are granted", async () => expect(await violationsOf({}, once)).toEqual(["allow"]));

  test("no others are", async () =>
    expect(await violationsOf({ capabilities: ["NET_ACCESS"] }, once)).toEqual([
      "effects/pay/requires/FINANCIAL_ACTIONS",
    ]));

  test("only for its time", async () => {
    const validity = { notBefore: "2024-02-15T14:00:00Z", expiresAt: "2024-02-15T21:00:00Z", maxDurationSeconds: 60 };
    expect(await violationsOf({ validity }, once, start + 58_000)).toEqual(["allow"]);
    expect(await violationsOf({ validity }, once, start + 60_000)).toEqual(["validity/duration"]);
  });

  test("only within its budgets: of actions, of spend, of a rate", async () => {
    const budgets = { actions: { max: 2 }, externalCalls: { max: 9 }, spend: { max: "20.00", unit: "USD" } };
    expect(await violationsOf({ budgets }, [pay("1.00"), pay("1.01"), pay("1.02")])).toEqual(["budgets/actions"]);
    const spend = { ...budgets, actions: { max: 9 }, spend: { max: "2.00", unit: "USD" } };
    expect(await violationsOf({ budgets: spend }, [pay("1.00"), pay("1.01")])).toEqual(["budgets/spend"]);
    const rated = { ...payEffect, velocity: [{ max: 1, seconds: 60 }] };
    expect(await violationsOf({ effects: { pay: rated } }, [pay("1.00"), pay("1.01")])).toEqual([
      "effects/pay/velocity/0",
    ]);
  });
});
