/** A ledger against the executor's own log: everything that one of them says and the other does not is found. */
import { describe, expect, test } from "vitest";
import { readLine } from "../../runtime/reconcile/line.ts";
import { reconcile } from "../../runtime/reconcile/reconcile.ts";
import { type Bank, openBank } from "../incidents/desk.ts";
import { caller, pay } from "../session/gateway.ts";

async function held(bank: Bank, ...lines: readonly (object | string)[]) {
  const { gateway, session } = bank;
  const texts = lines.map((line) => ({ text: typeof line === "string" ? line : JSON.stringify(line) }));
  const given = { store: gateway.store, session: session.id, envelope: gateway.evaluator.envelope };
  const answer = await reconcile(given, texts);
  if (!answer.ok) throw new Error(answer.fault.message);
  return answer.reconciled;
}
const codesOf = async (...given: Parameters<typeof held>) => (await held(...given)).findings.map(({ code }) => code);

const at = 1_708_009_200_000;
const executed = { outcome: "executed", result: { id: "p" } } as const;
const args = { payee: "alice", amount: "5.00" };

async function settled(outcome: "executed" | "not_executed" | "unknown" = "executed") {
  const bank = await openBank();
  const { decided, jti } = await bank.allow(true);
  await bank.session.settle(decided, jti, outcome === "executed" ? executed : { outcome });
  return { bank, jti };
}

describe("nothing is found where both say the same", () => {
  test("an effect that was redeemed, executed and settled, in full", async () => {
    const { bank, jti } = await settled();
    const line = { jti, at, effect: "pay", tool: "bank.pay", outcome: "executed", amounts: { "budgets/spend": 500 } };
    expect(await held(bank, line)).toEqual({ lines: 1, others: 0, matched: 1, count: 0, findings: [] });
  });

  test("a call of which the executor knows no token, defaults filled in or not", async () => {
    for (const more of [{}, { memo: "none" }]) {
      const { bank } = await settled();
      expect(await codesOf(bank, { tool: "bank.pay", args: { ...args, ...more }, at })).toEqual([]);
    }
  });

  test("what is under way, what nobody knows, and less than was charged for it", async () => {
    const bank = await openBank();
    const { jti } = await bank.allow(true);
    expect(await codesOf(bank, { jti, at, amounts: { "budgets/spend": 1 } })).toEqual([]);
    const unknown = await settled("unknown");
    expect(await codesOf(unknown.bank, { jti: unknown.jti, at, amounts: { "budgets/spend": 499 } })).toEqual([]);
    expect(await codesOf(unknown.bank)).toEqual([]);
  });

  test("lines of other sessions, and tokens that the executor refused", async () => {
    const { bank, jti } = await settled();
    const other = { jti: "x", at, session: "another" };
    const refused = { jti: "y", at, outcome: "not_executed" };
    expect(await held(bank, { jti, at, session: bank.session.id }, other, refused)).toMatchObject({
      others: 1,
      count: 0,
    });
  });

  test("what is settled while the log is read", async () => {
    const bank = await openBank();
    const { decided, jti } = await bank.allow(true);
    const { gateway, session } = bank;
    const lines = async function* () {
      await session.settle(decided, jti, executed);
      yield { text: JSON.stringify({ jti: "z", at, outcome: "not_executed" }) };
    };
    const given = { store: gateway.store, session: session.id, envelope: gateway.evaluator.envelope };
    expect(await reconcile(given, lines())).toMatchObject({ ok: true, reconciled: { count: 0 } });
  });
});

describe("found", () => {
  test("an effect, a tool or a token that the session never granted", async () => {
    const { bank, jti } = await settled();
    const outside = ["EFFECT_OUTSIDE_SET"];
    expect(await codesOf(bank, { jti, at }, { jti: "A".repeat(43), at })).toEqual(outside);
    expect(await codesOf(bank, { jti, at, effect: "cancel" })).toEqual(outside);
    expect(await codesOf(bank, { jti, at, tool: "bank.withdraw" })).toEqual(outside);
    expect(await codesOf(bank, { jti, at }, { tool: "bank.withdraw", args: {}, at })).toEqual(outside);
    expect(await codesOf(bank, { jti, at }, { tool: "bank.pay", args: { amount: 1.005 }, at })).toEqual(outside);
    expect(await codesOf(bank, { tool: "bank.pay", args, at, effect: "cancel" }, { jti, at })).toEqual(outside);
  });

  test("an effect without a redemption: never redeemed, released, denied, never proposed, done again", async () => {
    const without = ["EFFECT_WITHOUT_RECORD"];
    const bank = await openBank();
    const { jti } = await bank.allow();
    expect(await codesOf(bank, { jti, at })).toEqual(without);
    expect(await codesOf(bank, { tool: "bank.pay", args, at })).toEqual(without);
    bank.gateway.time.now += 31_000;
    await bank.session.endOverdue();
    expect((await held(bank, { jti, at })).findings).toMatchObject([
      { code: without[0], message: expect.stringContaining("released") },
    ]);
    await bank.session.propose(pay("9.00"), caller);
    const denied = await held(bank, { tool: "bank.pay", args: { ...args, amount: "9.00" }, at });
    expect(denied.findings).toMatchObject([{ code: without[0], message: expect.stringContaining("deny") }]);
    const never = await held(bank, { tool: "bank.pay", args: { ...args, payee: "bob" }, at });
    expect(never.findings).toMatchObject([{ code: without[0], message: expect.stringContaining("never proposed") }]);
    const done = await settled();
    expect(await codesOf(done.bank, { jti: done.jti, at }, { tool: "bank.pay", args, at })).toEqual(without);
  });

  test("what was executed twice, once for however often", async () => {
    const { bank, jti } = await settled();
    expect(await codesOf(bank, { jti, at }, { jti, at }, { jti, at })).toEqual(["EXECUTED_TWICE"]);
  });

  test("what is settled as executed and is not in the log", async () => {
    const { bank } = await settled();
    expect(await codesOf(bank)).toEqual(["EXECUTION_MISSING"]);
  });

  test("outcomes that contradict each other", async () => {
    const done = await settled();
    expect(await codesOf(done.bank, { jti: done.jti, at, outcome: "not_executed" })).toEqual(["OUTCOME_DIFFERS"]);
    const undone = await settled("not_executed");
    expect(await codesOf(undone.bank, { jti: undone.jti, at })).toEqual(["OUTCOME_DIFFERS"]);
  });

  test.each([
    ["more", { "budgets/spend": 501 }],
    ["less", { "budgets/spend": 499 }],
    ["of what was not reserved", { "budgets/other": 1 }],
    ["by a name of every object", { toString: 1 }],
  ])("amounts that differ: %s", async (_, amounts) => {
    const { bank, jti } = await settled();
    expect(await codesOf(bank, { jti, at, amounts })).toEqual(["AMOUNTS_DIFFER"]);
  });

  test.each([
    ["no JSON", "{"],
    ["nothing", ""],
    ["a list", "[]"],
    ["a member that nobody knows", JSON.stringify({ jti: "x", at, by: "me" })],
    ["no time", JSON.stringify({ jti: "x" })],
    ["a call without arguments", JSON.stringify({ tool: "t", at })],
    ["two members of one name", `{"jti":"x","jti":"y","at":1}`],
    ["amounts that are no integers", JSON.stringify({ jti: "x", at, amounts: { a: 1.5 } })],
  ])("a line that is none: %s", async (_, text) => {
    const { bank, jti } = await settled();
    expect(readLine(text).ok).toBe(false);
    expect((await held(bank, { jti, at }, text)).findings).toMatchObject([{ code: "LOG_UNREADABLE", line: 2 }]);
  });
});

test("the host's own reconciliation records each finding once, however often it is made", async () => {
  const bank = await openBank();
  const lines = [{ text: JSON.stringify({ jti: "x", at }) }, { text: "{" }, { text: JSON.stringify({ jti: "x", at }) }];
  await bank.session.reconcile(lines);
  await bank.session.reconcile(lines);
  expect((await bank.incidents()).map(({ code }) => code).sort()).toEqual(["EFFECT_OUTSIDE_SET", "LOG_UNREADABLE"]);
  expect(bank.session.state.phase).toBe("frozen");
});

test("many findings are counted, and few recorded", async () => {
  const bank = await openBank();
  const lines = Array.from({ length: 150 }, (_, i) => ({ text: JSON.stringify({ jti: `x${i}`, at }) }));
  expect(await bank.session.reconcile(lines)).toMatchObject({ ok: true, reconciled: { count: 150 } });
  expect(await bank.incidents()).toHaveLength(21);
});
