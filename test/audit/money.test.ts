/** What must hold whatever the fold says: counted by the audit alone, from records that no fold has seen. */
import { expect, test } from "vitest";
import { Findings } from "../../runtime/audit/finding.ts";
import { Money } from "../../runtime/audit/money.ts";
import type { Entry } from "../../runtime/ledger/record.ts";
import { allow, chainOf, consume, entry, type Later, release, settle } from "../ledger/entries.ts";

const spend = (amount: number, bucket?: string) => ({
  charges: { "budgets/spend": bucket === undefined ? { amount } : { amount, bucket } },
});
const incident = (freezes: boolean) => entry("incident", 9, { code: "OVERSPENT", message: "", freezes });

/** The first record has the number 1, so the entries have 2, 3, … */
function found(entries: readonly Entry<Later>[], cap = 10): readonly string[] {
  const findings = new Findings();
  const money = new Money(new Map([["budgets/spend", cap]]), findings);
  for (const { record } of chainOf(entries)) money.take(record);
  money.end();
  return findings.kept.map(({ code, seq }) => `${code} ${seq}`);
}

test.each<readonly [what: string, wanted: readonly string[], entries: readonly Entry<Later>[]]>([
  ["one unit too many", ["OVERSPENT 3"], [allow(1, spend(4)), allow(2, spend(7))]],
  [
    "a settlement that gives nothing back",
    ["OVERSPENT 5"],
    [allow(1, spend(10)), consume(2, 2), settle(3, 2), allow(4, spend(1))],
  ],
  ["a token redeemed twice", ["CONSUMED_TWICE 4"], [allow(1), consume(2, 2), consume(3, 2)]],
  [
    "a token redeemed again after it was settled",
    ["CONSUMED_TWICE 5"],
    [allow(1), consume(2, 2), settle(3, 2), consume(4, 2)],
  ],
  ["a token that was never given", ["CONSUMED_UNRESERVED 2"], [consume(1, 2)]],
  ["another token of an allow", ["CONSUMED_UNRESERVED 3"], [allow(1), consume(2, 2, "forged")]],
  ["a token that was given back", ["CONSUMED_UNRESERVED 4"], [allow(1), release(40, 2), consume(41, 2)]],
  [
    "a token redeemed after the kill",
    ["CONSUMED_AFTER_KILL 4"],
    [allow(1), entry("killed", 2, { signal: "k" }), consume(3, 2)],
  ],
  ["a settlement of what was not consumed", ["SETTLED_UNCONSUMED 3"], [allow(1), settle(2, 2)]],
  ["a second settlement", ["SETTLED_UNCONSUMED 5"], [allow(1), consume(2, 2), settle(3, 2), settle(4, 2)]],
  ["a release of what was consumed", ["RELEASED_CONSUMED 4"], [allow(1), consume(2, 2), release(40, 2)]],
  ["a release twice", ["RELEASED_CONSUMED 4"], [allow(1), release(40, 2), release(41, 2)]],
  [
    "more charged than reserved",
    ["SETTLED_ABOVE_RESERVED 4"],
    [allow(1, spend(4)), consume(2, 2), settle(3, 2, { amounts: { "budgets/spend": 5 } })],
  ],
  [
    "more charged than reserved, and an incident that stops nothing",
    ["SETTLED_ABOVE_RESERVED 4"],
    [allow(1, spend(4)), consume(2, 2), settle(3, 2, { amounts: { "budgets/spend": 5 } }), incident(false)],
  ],
])("%s is found", (_, wanted, entries) => {
  expect(found(entries)).toEqual(wanted);
});

test.each<readonly [what: string, entries: readonly Entry<Later>[]]>([
  ["exactly the cap", [allow(1, spend(4)), allow(2, spend(6)), allow(3, spend(0))]],
  ["the cap in each bucket", [allow(1, spend(10, '"a"')), allow(2, spend(10, '"b"'))]],
  [
    "what a settlement gave back",
    [allow(1, spend(10)), consume(2, 2), settle(3, 2, { amounts: { "budgets/spend": 3 } }), allow(4, spend(7))],
  ],
  ["what a release gave back", [allow(1, spend(10)), release(40, 2), allow(41, spend(10))]],
  [
    "more than reserved, with an incident that freezes",
    [allow(1, spend(4)), consume(2, 2), settle(3, 2, { amounts: { "budgets/spend": 5 } }), incident(true)],
  ],
])("%s is nothing to complain about", (_, entries) => {
  expect(found(entries)).toEqual([]);
});
