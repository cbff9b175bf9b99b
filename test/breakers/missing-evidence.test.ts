/** Evidence that nobody brings stops a run: each call is denied for want of it, and the denials trip the breaker. */
import { expect, test } from "vitest";
import { start } from "../session/gateway.ts";
import { breaker, openDesk } from "./desk.ts";

const denials = breaker("denial_streak", { atLeast: 3 });
const envelope = { evidence: { perimeter: { maxAgeSeconds: 60 } } };

test("evidence that is missing, and stays so, halts the session", async () => {
  const { payOnce, session, of } = await openDesk([denials], { envelope });
  for (let i = 0; i < 3; i++) expect(await payOnce()).toBe("deny EVIDENCE_MISSING");
  expect(await of("halted")).toMatchObject([{ breaker: "b1", metrics: [{ metric: "denial_streak", value: 3 }] }]);
  await session.evidence("perimeter", start);
  expect(await payOnce()).toBe("deny CIRCUIT_BREAKER_ACTIVE");
});

test("evidence that comes in time, at its very last millisecond, halts nothing; a millisecond later it denies", async () => {
  const { payOnce, session, gateway, of } = await openDesk([denials], { envelope });
  for (let i = 0; i < 2; i++) expect(await payOnce()).toBe("deny EVIDENCE_MISSING");
  await session.evidence("perimeter", gateway.time.now);
  gateway.time.now += 60_000;
  expect(await payOnce()).toBe("executed");
  gateway.time.now += 1;
  expect((await payOnce()).startsWith("deny EVIDENCE")).toBe(true);
  expect(await of("halted")).toEqual([]);
});
