/** What freezes outside of a call (a cancel that failed, what a log shows) has its witness at once, and ends by two keys and a reason. */
import { expect, test } from "vitest";
import { breaker, canceller, olga, openDesk, people, resumes } from "../breakers/desk.ts";
import { caller, pay } from "../session/gateway.ts";
import { openBank } from "./desk.ts";

const failedCancel = async () => {
  const desk = await openDesk([breaker("realized_loss", { atLeast: "500.00" }, "halt_and_cancel")], {
    ...canceller(new Error("no route"), new Error("no route")),
    cancelAttempts: 2,
  });
  await desk.payOnce({ metrics: [{ metric: "realized_loss", value: "500.00" }] });
  await desk.session.finishCancels();
  return desk;
};

test("a cancel that failed: one key, or no reason, resumes nothing; two keys and a reason do", async () => {
  const desk = await failedCancel();
  const { session, of } = desk;
  const [incident] = await of("incident");
  expect(incident).toMatchObject({ code: "CANCEL_FAILED", freezes: true, snapshot: {} });
  expect(session.state.phase).toBe("frozen");
  const [one, two] = [await resumes(desk, olga.person, "operator"), await resumes(desk, "ann", "risk")];
  expect(await session.resume([one], people, "looked at", undefined)).toMatchObject({ code: "TWO_KEYS_REQUIRED" });
  expect(await session.resume([one, two], people, undefined, undefined)).toMatchObject({ code: "REASON_MISSING" });
  expect((await session.propose(pay("1.00"), caller)).verdict).toBe("deny");
  expect(await session.resume([one, two], people, "looked at", undefined)).toMatchObject({ outcome: "resumed" });
  expect(await session.propose(pay("1.00"), caller)).toMatchObject({ verdict: "allow" });
});

test("a cancel that failed has its witness, though nothing else happens in the session", async () => {
  const { of } = await failedCancel();
  expect(await of("witness")).toMatchObject([{ changed: [{ effect: "pay" }] }]);
});

test("what a log shows has its witness, though nothing else happens in the session", async () => {
  const { session, gateway } = await openBank();
  await session.reconcile([{ text: JSON.stringify({ jti: "A".repeat(43), at: 1 }) }]);
  expect((await gateway.records()).map(({ type }) => type)).toEqual(["activated", "incident", "witness"]);
});
test("an escalation found when a session is opened has its witness", async () => {
  const { gateway } = await openBank({ approvals: async () => [] });
  expect((await gateway.records()).map(({ type }) => type)).toEqual(["activated", "incident", "witness"]);
});
