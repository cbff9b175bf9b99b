import { expect, test } from "vitest";
import { document } from "../session/gateway.ts";
import { openBank, payment } from "./bank.ts";

test("T2: a thousand small payments come to no more than the budget", async () => {
  const { attempt, done, gateway } = await openBank();
  const endings = new Set<string>();
  for (let i = 0; i < 60; i++) endings.add(await attempt(payment("alice", "1.00")));
  expect(done).toHaveLength(20);
  expect(endings).toEqual(new Set(["executed", "deny BUDGET_EXCEEDED"]));
  expect(gateway.session.state.sums.of("budgets/spend")).toBe(2_000);
});

test("T2: many at once come to no more either", async () => {
  const { attempt, done } = await openBank();
  await Promise.all(Array.from({ length: 30 }, () => attempt(payment("bob", "5.00"))));
  expect(done).toHaveLength(4);
});

test("T2: a loop of refused calls is stopped by a breaker", async () => {
  const when = [{ metric: "denial_streak", atLeast: 5 }];
  const { attempt, done } = await openBank(document({ breakers: [{ id: "loop", when, action: "halt" }] }));
  for (let i = 0; i < 5; i++) expect(await attempt(payment("mallory", "1.00"))).toBe("deny SCOPE_VIOLATION");
  expect(await attempt(payment("alice", "1.00"))).toBe("deny CIRCUIT_BREAKER_ACTIVE");
  expect(done).toEqual([]);
});
