import { expect, test } from "vitest";
import { breaker, caller, openDesk, people, refused, resumes } from "../breakers/desk.ts";

test("T7: an agent that was stopped does not go on by itself, even with an operator's approval in its hands", async () => {
  const desk = await openDesk([breaker("denial_streak", { atLeast: 1 })]);
  desk.gateway.time.now += 10_500;
  await desk.session.propose(refused, caller);
  expect(await desk.payOnce()).toBe("deny CIRCUIT_BREAKER_ACTIVE");
  const stolen = await resumes(desk, "olga", "operator");
  expect(await desk.session.resume([stolen], people, "please", caller)).toMatchObject({
    outcome: "refused",
    code: "RECOVERY_FROM_AGENT_DENIED",
  });
  expect(await desk.payOnce()).toBe("deny CIRCUIT_BREAKER_ACTIVE");
  expect((await desk.of("decided")).some(({ violations }) => violations[0]?.id === "resume")).toBe(true);
});
