/** A window's budget of compute: a meter of the envelope's own that an effect feeds by a constant. */
import { expect, test } from "vitest";
import { caller, document, openGateway, pay, payEffect } from "../gateway.ts";

test("a window closes for what its budget of compute does not cover any more", async () => {
  const budgets = {
    actions: { max: 9 },
    externalCalls: { max: 9 },
    spend: { max: "20.00", unit: "USD" },
    compute: { max: 5 },
  };
  const effects = { pay: { ...payEffect, consumes: { spend: "amount", compute: 2 } } };
  const { session } = await openGateway({ envelope: document({ budgets, effects }) });
  const verdicts = [];
  for (const amount of ["1.00", "1.01", "1.02"]) {
    const { verdict, violations } = await session.propose(pay(amount), caller);
    verdicts.push([verdict, ...violations.map(({ id }) => id)]);
  }
  expect(verdicts).toEqual([["allow"], ["allow"], ["deny", "budgets/compute"]]);
});
