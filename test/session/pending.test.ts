/** What waits for people: everything that they need, and nothing that is over. */
import { describe, expect, test } from "vitest";
import type { Session } from "../../runtime/session/session.ts";
import { canonicalJson, sha256 } from "../../schema/json/canonical.ts";
import { caller, type Gateway, pay, payEffect, start } from "./gateway.ts";
import { bound, openAsking, word } from "./holds.ts";
import { plain } from "./plain.ts";

async function pendingOf(session: Session) {
  const answer = await session.holds();
  if (!answer.ok) throw new Error(answer.fault.message);
  return answer.holds;
}

const proposalOf = (amount: string) =>
  pay(amount, { id: "order-1", reasoning: "the rent is due\u202e", plan: { step: 2 } }, { comment: "x".repeat(100) });

test("a pending hold says what is asked, of whom, until when, and what is left", async () => {
  const gateway = await openAsking();
  const { session } = gateway;
  const { seq, proposalHash } = await session.propose(proposalOf("4.99"), caller);
  await session.approve(await word(gateway, "ann", proposalHash));
  const [hold, ...others] = await pendingOf(session);
  expect(others).toEqual([]);
  expect(plain(hold)).toMatchObject({
    seq,
    at: start,
    expiresAt: start + 3_600_000,
    proposalHash,
    proposalId: "order-1",
    effect: "pay",
    tool: "bank.pay",
    fields: { payee: "alice", amount: 499, memo: "none" },
    values: [
      { field: "payee", value: '"alice"' },
      { field: "amount", value: "4.99 USD" },
      { field: "memo", value: '"none"' },
    ],
    people: [
      {
        bound,
        keys: 2,
        roles: ["risk"],
        approved: [{ person: "ann", roles: ["risk"], until: start + 600_000 }],
        missing: 1,
      },
    ],
    remaining: { effect: "pay", open: true, calls: expect.any(Number) },
    justification: null,
    unverifiedNarrative: [
      { name: "/comment", text: "x".repeat(100) },
      { name: "reasoning", text: "the rent is due\u202e" },
      { name: "plan", text: '{"step":2}' },
    ],
  });
});

test("a call that is only proposed asks for two people in two roles", async () => {
  const gateway = await openAsking({ channel: "propose", approval: undefined });
  const { proposalHash } = await gateway.session.propose(pay("5.00"), caller);
  const channel = "effects/pay/channel";
  const [hold] = await pendingOf(gateway.session);
  expect(hold?.people).toEqual([{ bound: channel, keys: 2, roles: null, approved: [], missing: 2 }]);
  await gateway.session.approve(await word(gateway, "ann", proposalHash, { bound: channel }));
  const second = await word(gateway, "bob", proposalHash, { bound: channel });
  await gateway.session.approve(second);
  expect((await pendingOf(gateway.session))[0]?.people[0]).toMatchObject({ missing: 1 });
  gateway.time.now += 1_000;
  await gateway.session.approve(await word(gateway, "eve", proposalHash, { bound: channel, roles: ["desk"] }));
  expect((await pendingOf(gateway.session))[0]?.people[0]).toMatchObject({ missing: 0 });
  expect(await gateway.session.propose(pay("5.00"), caller)).toMatchObject({ verdict: "allow" });
});

describe("does not wait any more:", () => {
  const one = { approval: { keys: 1, roles: ["risk"] } };

  test("what was allowed, refused, held again, has expired, or stands in a killed session", async () => {
    const gateway = await openAsking(one);
    const { session, time } = gateway;
    const seqs = async () => (await pendingOf(session)).map(({ seq }) => seq);
    const first = await session.propose(pay("5.00"), caller);
    const second = await session.propose(pay("4.00"), caller);
    const third = await session.propose(pay("3.00"), caller);
    expect(await seqs()).toEqual([first.seq, second.seq, third.seq]);
    await session.approve(await word(gateway, "ann", first.proposalHash));
    await session.propose(pay("5.00"), caller);
    await session.approve(await word(gateway, "ann", second.proposalHash, { decision: "refuse" }));
    expect(await seqs()).toEqual([third.seq]);
    const again = await session.propose(pay("3.00"), caller);
    expect(await seqs()).toEqual([again.seq]);
    time.now += 3_600_000;
    expect(await seqs()).toEqual([]);
    await session.propose(pay("2.00"), caller);
    expect(await seqs()).toHaveLength(1);
    await session.kill("console");
    expect(await seqs()).toEqual([]);
  });
});

const keptBy = async ({ records }: Gateway) => {
  const last = (await records()).at(-1);
  return last?.type === "decided" ? (last.body.narrative ?? []) : [];
};

test("what an agent says is cut, and of the rest it is told how much there was", async () => {
  const gateway = await openAsking();
  const members = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`n${i}${"x".repeat(80)}`, "y".repeat(900)]));
  await gateway.session.propose(pay("5.00", members), caller);
  const narrative = await keptBy(gateway);
  expect(narrative).toHaveLength(8);
  expect(narrative[0]).toEqual({ name: `n0${"x".repeat(61)}…`, text: `${"y".repeat(499)}…` });
  expect(narrative[7]).toEqual({ name: "…", text: "13 more" });
});

test("arguments that nothing judges, or by their length or digest only, are shown before all else that is said", async () => {
  const fields = {
    ...payEffect.fields,
    body: { from: "/mail/body", type: "length" },
    file: { from: "/file", type: "digest" },
  };
  const more = {
    allow: { ...payEffect.allow, file: { oneOf: [sha256(canonicalJson("f"))] } },
    perCall: { ...payEffect.perCall, body: { max: 99 } },
  };
  const gateway = await openAsking({ fields, ...more, ignored: ["/comment", "/parts/*/note"] });
  const args = {
    comment: "to mallory instead",
    parts: [{ note: 1 }, { note: [true] }],
    mail: { body: "hello" },
    file: "f",
  };
  const said = Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`n${i}`, "y"]));
  expect((await gateway.session.propose(pay("5.00", said, args), caller)).verdict).toBe("hold");
  expect((await keptBy(gateway)).slice(0, 6)).toEqual([
    { name: "/comment", text: "to mallory instead" },
    { name: "/parts/0/note", text: "1" },
    { name: "/parts/1/note", text: "[true]" },
    { name: "/mail/body", text: "hello" },
    { name: "/file", text: "f" },
    { name: "n0", text: "y" },
  ]);
});

test("what an agent says of a call that nobody is asked about is not kept", async () => {
  const { session, records } = await openAsking({ approval: undefined });
  expect(await session.propose(pay("5.00", { reasoning: "because" }), caller)).toMatchObject({ verdict: "allow" });
  expect(await session.propose(pay("5.01", { reasoning: "because" }), caller)).toMatchObject({ verdict: "deny" });
  expect(JSON.stringify((await records()).slice(1))).not.toContain("because");
});
