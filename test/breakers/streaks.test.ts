/** What the fold counts, record by record. */
import { expect, test } from "vitest";
import { seal, sealFirst } from "../../runtime/ledger/chain/seal.ts";
import { foldFirst, foldNext } from "../../runtime/ledger/fold/fold.ts";
import type { Entry } from "../../runtime/ledger/record.ts";
import { activation, allow, consume, entry, envelope, type Later, notAllowed, settle } from "../ledger/entries.ts";

function watched(...entries: readonly Entry<Later>[]) {
  const { record } = sealFirst(activation(), envelope);
  const folded = foldFirst(record, record.session);
  if (!folded.ok) throw new Error(folded.problem.message);
  const { state } = folded;
  for (const each of entries) {
    const problem = foldNext(state, seal(each, state.end.head, state.end).record);
    if (problem !== undefined) throw new Error(problem.message);
  }
  return state.watched;
}

test("a hold neither adds to a streak of denials nor ends it, an allow ends it", () => {
  const [deny, hold] = [notAllowed("deny", 1), notAllowed("hold", 1)];
  expect(watched(deny, hold, deny).denialStreak).toBe(2);
  expect(watched(deny, deny, allow(1), deny).denialStreak).toBe(1);
});

test("a cancel is recorded for what a breaker has ordered to be cancelled, in order, and not again", () => {
  const done = [allow(1), consume(2, 2), settle(3, 2, { outcome: "executed" })];
  const order = entry("halted", 4, { breaker: "b", action: "halt_and_cancel" });
  const cancelled = (attempt: number, outcome: "confirmed" | "retry" | "failed", decided = 2) =>
    entry("cancelled", 5, { decided, attempt, outcome });
  expect(watched(...done, order, cancelled(1, "retry"), cancelled(2, "confirmed")).performed.size).toBe(0);
  expect(() => watched(...done, cancelled(1, "confirmed"))).toThrow("is not to be cancelled");
  expect(() => watched(...done, order, cancelled(2, "confirmed"))).toThrow("attempt 2 does not follow 0");
  expect(() => watched(...done, order, cancelled(1, "retry", 3))).toThrow("is not to be cancelled");
  const twice = [cancelled(1, "failed"), cancelled(2, "confirmed")];
  expect(() => watched(...done, order, ...twice)).toThrow("is not to be cancelled");
});

test("what is done after a resumption is not cancelled by the order of before", () => {
  const halted = entry("halted", 1, { breaker: "b", action: "halt_and_cancel" });
  const resumed = entry("resumed", 2, { approvals: ["a"] });
  const later = [allow(3), consume(4, 4)];
  const cancel = entry("cancelled", 5, { decided: 4, attempt: 1, outcome: "confirmed" });
  expect(() => watched(halted, resumed, ...later, cancel)).toThrow("is not to be cancelled");
});
