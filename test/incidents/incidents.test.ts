/** Each incident, provoked: its code, the freeze, and that two keys and a reason end it, and nothing less (SPEC §10). */
import { describe, expect, test } from "vitest";
import { signReceipt } from "../../runtime/authority/token/receipt.ts";
import type { Evaluator } from "../../runtime/evaluator.ts";
import { memoryStore } from "../../runtime/ledger/store/memory.ts";
import type { Store } from "../../runtime/ledger/store/store.ts";
import { heldHost } from "../faults/hosts.ts";
import { recordedResumption } from "../people/recorded-keys.ts";
import { caller, openGateway, pay, signers, start } from "../session/gateway.ts";
import { type Bank, bothApprove, forceResumption, openBank, people, resumeText } from "./desk.ts";

const stranger = "A".repeat(43);
const receiptOf = (jti: string) =>
  signReceipt(signers.executor, { jti, outcome: "not_executed", amounts: { "budgets/spend": 0 }, at: 0 });
const linesOf = (...lines: readonly object[]) => lines.map((line) => ({ text: JSON.stringify(line) }));
const disagreeing = heldHost(["cedar", "rego"]);

const provocations: readonly (readonly [code: string, what: string, provoke: (bank: Bank) => Promise<unknown>])[] = [
  [
    "EFFECT_OUTSIDE_SET",
    "a settlement under a token that nobody gave",
    ({ session }) => session.settle(2, stranger, { outcome: "executed" }),
  ],
  [
    "EFFECT_OUTSIDE_SET",
    "a receipt of a token that nobody gave",
    async ({ payOnce }) => payOnce(async () => ({ outcome: "not_executed", receipt: await receiptOf(stranger) })),
  ],
  [
    "EFFECT_OUTSIDE_SET",
    "an executor's log with a token that nobody gave",
    ({ session }) => session.reconcile(linesOf({ jti: stranger, at: 1 })),
  ],
  [
    "EFFECT_OUTSIDE_SET",
    "an executor's log with a tool that no effect reaches",
    ({ session }) => session.reconcile(linesOf({ tool: "bank.withdraw", args: {}, at: 1 })),
  ],
  [
    "EFFECT_WITHOUT_RECORD",
    "a settlement of what was never redeemed",
    async ({ session, allow }) => {
      const { decided, jti } = await allow();
      return session.settle(decided, jti, { outcome: "executed" });
    },
  ],
  [
    "EFFECT_WITHOUT_RECORD",
    "an executor's log with what was never redeemed",
    async ({ session, allow }) => session.reconcile(linesOf({ jti: (await allow()).jti, at: 1 })),
  ],
  [
    "SETTLED_ABOVE_RESERVATION",
    "more than was reserved",
    ({ payOnce }) => payOnce(() => ({ result: { id: "p" }, amounts: { "budgets/spend": 501 } })),
  ],
  [
    "RECEIPT_INVALID",
    "a receipt that is none",
    ({ payOnce }) => payOnce(() => ({ result: { id: "p" }, receipt: "receipt" })),
  ],
  ["SETTLEMENT_REFUSED", "a report that cannot be read", ({ payOnce }) => payOnce(() => ({ receipt: 1 as never }))],
  [
    "OUTCOME_UNKNOWN",
    "an effect that nobody settles",
    async ({ session, allow, gateway }) => {
      await allow(true);
      gateway.time.now += 60_000;
      return session.endOverdue();
    },
  ],
  [
    "SETTLED_LATE",
    "a settlement of what is settled",
    async ({ session, allow }) => {
      const { decided, jti } = await allow(true);
      await session.settle(decided, jti, { outcome: "executed", result: { id: "p" } });
      return session.settle(decided, jti, { outcome: "executed", result: { id: "p" } });
    },
  ],
  [
    "ENGINE_DISAGREEMENT",
    "two engines that disagree",
    async ({ session }) => {
      disagreeing.hands.rego.tamper = () => ({ verdict: "allow", violations: [] });
      await session.propose(pay("9.00"), caller);
      disagreeing.hands.rego.tamper = undefined;
    },
  ],
];

describe.each(provocations)("%s: %s", (code, _, provoke) => {
  const provoked = async () => {
    const bank = await openBank({ host: disagreeing.host, people, approvals: bothApprove });
    await provoke(bank);
    return bank;
  };

  test("is recorded with a snapshot and told, and denies everything", async () => {
    const bank = await provoked();
    const { session, told, gateway } = bank;
    const [incident, ...others] = await bank.incidents();
    expect([incident, others]).toMatchObject([
      { code, freezes: true, snapshot: { policy: gateway.evaluator.policyDigest } },
      [],
    ]);
    expect(told).toMatchObject([{ code, freezes: true, session: session.id }]);
    expect(session.state.phase).toBe("frozen");
    for (const each of [session, await gateway.reopen()])
      expect(await each.propose(pay("1.00"), caller)).toMatchObject({ verdict: "deny", code: "SESSION_NOT_ACTIVE" });
  });

  test("two people in two roles and a reason resume it, and nothing less does", async () => {
    const bank = await provoked();
    const { session } = bank;
    const [ann, bob] = [await resumeText("ann", "operator", bank), await resumeText("bob", "risk", bank)];
    expect(await session.resume([ann], people, "looked at", undefined)).toMatchObject({ code: "TWO_KEYS_REQUIRED" });
    expect(await session.resume([ann, bob], people, undefined, undefined)).toMatchObject({ code: "REASON_MISSING" });
    expect((await session.propose(pay("1.00"), caller)).code).toBe("SESSION_NOT_ACTIVE");
    expect(await session.resume([ann, bob], people, "looked at", undefined)).toMatchObject({ outcome: "resumed" });
    expect(await session.propose(pay("1.00"), caller)).toMatchObject({ verdict: "allow" });
    expect(await (await bank.gateway.reopen()).propose(pay("1.00"), caller)).toMatchObject({ verdict: "allow" });
  });
});

describe("ESCALATION_WITHOUT_TWO_KEYS", () => {
  const escalation = { code: "ESCALATION_WITHOUT_TWO_KEYS", freezes: true };
  const frozen = async (options: Parameters<typeof openBank>[0] = {}) => {
    const bank = await openBank(options);
    await bank.session.record((at) => ({ type: "incident", at, body: { code: "X", message: "x", freezes: true } }));
    return bank;
  };
  const known = { people, approvals: bothApprove };

  test.each([
    ["nobody", []],
    ["one person", [0]],
    ["one person, twice", [0, 0]],
  ])("an activation by %s is found when it is opened, once", async (_, chosen) => {
    const approvals = async (evaluator: Evaluator) => {
      const all = await bothApprove(evaluator);
      return all.filter((_, i) => i % 2 === 0).flatMap((given) => chosen.map(() => given));
    };
    const bank = await openBank({ approvals });
    expect(await bank.incidents()).toMatchObject([{ ...escalation, about: 1 }]);
    expect(bank.told).toMatchObject([{ ...escalation, seq: 2, about: 1 }]);
    expect(await bank.session.propose(pay("1.00"), caller)).toMatchObject({ code: "SESSION_NOT_ACTIVE" });
    await bank.gateway.reopen();
    expect(await bank.incidents()).toHaveLength(1);
  });

  test("an activation by a person and the agent is found too", async () => {
    const approvals = async (evaluator: Evaluator) => {
      const all = await bothApprove(evaluator);
      return all.map((given, i) => (i % 2 === 0 ? given : { ...given, person: evaluator.envelope.principal }));
    };
    expect(await (await openBank({ approvals })).incidents()).toMatchObject([{ ...escalation, about: 1 }]);
  });

  test("approvals of an activation that nobody signed are found where the people are known, others are not", async () => {
    const bank = await openBank();
    expect(await bank.incidents()).toEqual([]);
    await bank.gateway.reopen({ people });
    expect(await bank.incidents()).toMatchObject([{ ...escalation, about: 1 }]);
    expect(await (await openBank(known)).incidents()).toEqual([]);
  });

  test("once people have resumed it, it stands", async () => {
    const bank = await openBank({ approvals: async () => [] });
    const texts = [await resumeText("ann", "operator", bank), await resumeText("bob", "risk", bank)];
    expect(await bank.session.resume(texts, people, "they had agreed", undefined)).toMatchObject({
      outcome: "resumed",
    });
    const again = await bank.gateway.reopen();
    expect(await again.propose(pay("1.00"), caller)).toMatchObject({ verdict: "allow" });
  });

  test("a resumption by one key is found by a session that runs, before it allows anything", async () => {
    const bank = await frozen();
    await forceResumption(bank, [await resumeText("ann", "operator", bank)], "go on");
    expect(await bank.session.propose(pay("1.00"), caller)).toMatchObject({ code: "SESSION_NOT_ACTIVE" });
    expect(await bank.incidents()).toMatchObject([{ code: "X" }, escalation]);
    expect(bank.told).toMatchObject([{ code: "X" }, escalation]);
  });

  test("a resumption by one key is found when it is opened", async () => {
    const bank = await frozen();
    await forceResumption(bank, [await resumeText("ann", "operator", bank)], "go on");
    const late = await bank.gateway.reopen();
    expect(late.state.phase).toBe("frozen");
    expect(await bank.incidents()).toMatchObject([{ code: "X" }, escalation]);
  });

  test("a resumption by one key is found at the redemption of what was allowed before", async () => {
    const bank = await openBank();
    const { decided, jti } = await bank.allow();
    await bank.session.record((at) => ({ type: "incident", at, body: { code: "X", message: "x", freezes: true } }));
    await forceResumption(bank, [await resumeText("ann", "operator", bank)], "go on");
    expect(await bank.session.redeem(decided, jti)).toMatchObject({ problem: { code: "SESSION_NOT_ACTIVE" } });
  });

  const both = async (bank: Bank, second: string, rest = {}) => [
    await resumeText("ann", "operator", bank, rest),
    await resumeText(second, "risk", bank, rest),
  ];
  test.each<readonly [by: string, approvals: (bank: Bank) => Promise<readonly string[]>, reason: string | undefined]>([
    ["two keys of which one is a stranger's", (bank) => both(bank, "eve"), "go on"],
    ["two keys that signed before the freeze", (bank) => both(bank, "bob", { iat: start / 1000 - 60 }), "go on"],
    ["two keys without a reason", (bank) => both(bank, "bob"), undefined],
    [
      "words that nobody signed",
      async ({ session, gateway }) => recordedResumption(session.state.end, gateway.time.now).approvals,
      "go on",
    ],
  ])("a resumption by %s is found where the people are known", async (_, approvals, reason) => {
    const bank = await frozen(known);
    await forceResumption(bank, await approvals(bank), reason);
    await bank.session.refresh();
    expect(await bank.incidents()).toMatchObject([{ code: "X" }, escalation]);
    expect(bank.session.state.phase).toBe("frozen");
  });

  test.each([
    ["alone cannot", /"type":"(activated|decided|killed)"/],
    ["cannot, nor much else,", /"type":"(activated|killed)"/],
  ])("what %s be recorded denies all the same, and a kill is recorded whatever else is not", async (_, written) => {
    const inner = memoryStore();
    const isWritten = (text: string) => written.test(text);
    const fault = { code: "STORE_UNAVAILABLE", message: "the disk is full" } as const;
    const store: Store = {
      ...inner,
      append: async (...given) => (isWritten(given[2].text) ? inner.append(...given) : { outcome: "failed", fault }),
    };
    const { session, records } = await openGateway({ store, approvals: async () => [] });
    expect(await session.propose(pay("1.00"), caller)).toMatchObject({ verdict: "deny", code: "STORE_UNAVAILABLE" });
    expect(await session.kill("stop")).toMatchObject({ outcome: "appended" });
    expect((await records()).map(({ type }) => type)).toEqual(["activated", "killed"]);
  });
});

test("a subscriber that throws, rejects or never answers disturbs nothing", async () => {
  const foul = [
    () => {
      throw new Error("no");
    },
    () => Promise.reject(new Error("no")),
    () => new Promise(() => undefined),
    (incident: object) => Object.assign(incident, { code: "OTHER" }),
  ];
  for (const onIncident of foul) {
    const bank = await openBank({ onIncident });
    await bank.session.settle(2, stranger, { outcome: "executed" });
    expect(await bank.incidents()).toMatchObject([{ code: "EFFECT_OUTSIDE_SET" }]);
  }
});

test("incidents of other processes are heard too, each once", async () => {
  const bank = await openBank();
  const other = await bank.gateway.reopen({ onIncident: () => undefined });
  await other.settle(2, stranger, { outcome: "executed" });
  await bank.session.refresh();
  await bank.session.refresh();
  expect(bank.told).toMatchObject([{ code: "EFFECT_OUTSIDE_SET", seq: 2, head: { seq: 1 } }]);
});
