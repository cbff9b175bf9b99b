/** The end of a session in its order: nothing is closed without its witness, what waits is deferred, and a halt does not spare the checks. */
import { expect, test } from "vitest";
import { caller, document, openGateway, pay } from "../gateway.ts";
import { openAsking } from "../holds.ts";

test("a session without its witness is not closed", async () => {
  const { session, records } = await openGateway();
  expect(await session.record((at) => ({ type: "closed", at, body: { as: "completed" } }))).toMatchObject({
    outcome: "refused",
    problem: { code: "RECORD_INCONSISTENT" },
  });
  expect((await records()).map(({ type }) => type)).toEqual(["activated"]);
});

test("what waits for people when the session ends is deferred", async () => {
  const { session, records } = await openAsking();
  const { seq, verdict } = await session.propose(pay("4.99"), caller);
  expect(verdict).toBe("hold");
  await session.close();
  const [witness] = (await records()).filter(({ type }) => type === "witness");
  expect(witness?.body).toMatchObject({
    attempted: [{ seq, effect: "pay" }],
    changed: [],
    deferred: [{ seq, effect: "pay" }],
  });
});

test.each(["halt", "freeze"])("postconditions are checked after a %s too", async (action) => {
  const postconditions = [{ id: "flat", check: "no_open_orders", critical: true }];
  const verifiers = { no_open_orders: () => false };
  const { session, records } = await openGateway({ envelope: document({ postconditions }), verifiers });
  await session.record((at) => ({ type: "halted", at, body: { breaker: "b", action } }));
  expect(await session.close()).toEqual({ outcome: "closed", as: action === "halt" ? "faulted" : "quarantined" });
  const checked = (await records()).filter(({ type }) => type === "postcondition").map(({ body }) => body);
  expect(checked).toEqual([{ id: "flat", holds: false, critical: true }]);
});
