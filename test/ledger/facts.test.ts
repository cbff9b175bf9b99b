/** What the engines are told of a session, for one call at a time. */
import { describe, expect, test } from "vitest";
import { readEnvelope } from "../../compiler/read/read.ts";
import { boundsOf } from "../../runtime/bounds-of.ts";
import { type CallInSession, planFacts } from "../../runtime/ledger/facts/facts.ts";
import type { Entry } from "../../runtime/ledger/record.ts";
import { freshState } from "../../runtime/session/fresh.ts";
import type { Charges } from "../../schema/ledger.ts";
import { allow, approve, consume, entry, fold, hashOf, type Later, release, settle } from "./entries.ts";

const amount = { type: "decimal", from: "/amount", scale: 2, unit: "USD" };
const envelope = envelopeOf({
  ambit: "1",
  id: "env_1",
  goal: { summary: "pay" },
  issuer: "authz.example",
  principal: "agent:a",
  mode: "window",
  validity: { notBefore: "2024-01-01T00:00:00Z", expiresAt: "2025-01-01T00:00:00Z", maxDurationSeconds: 31_000_000 },
  capabilities: [],
  budgets: { actions: { max: 9 }, externalCalls: { max: 9 }, spend: { max: "99.00", unit: "USD" } },
  effects: {
    pay: {
      tools: ["pay"],
      external: true,
      channel: "propose",
      fields: {
        payee: { type: "host", from: "/payee" },
        amount,
        plan: { type: "string", from: "/plan" },
      },
      allow: { payee: { under: ["example"] }, plan: { producedBy: "plan/id" } },
      perCall: { amount: { max: "9.00" } },
      session: {
        calls: { max: 5, perPeriod: "hour", timezone: "America/New_York" },
        amount: { max: "50.00", perField: "payee" },
      },
      velocity: [
        { max: 2, seconds: 10 },
        { max: 9, seconds: 60 },
      ],
      consumes: { spend: "amount" },
      after: [{ effect: "plan", withinSeconds: 60 }],
      schedule: { timezone: "UTC", windows: [{ days: ["thu"], from: "00:00", until: "24:00" }] },
      approval: { keys: 2, roles: ["risk", "desk"] },
    },
    plan: {
      tools: ["plan"],
      external: false,
      fields: {},
      results: { id: { type: "string", from: "/id" } },
      session: { calls: { max: 5 } },
      velocity: [{ max: 5, seconds: 60 }],
    },
  },
  forbidden: [],
  evidence: { perimeter: { maxAgeSeconds: 300 } },
  recovery: "manual_only",
  killSwitch: { signal: "kill/env_1" },
});
const facts = planFacts(envelope);
const now = Date.parse("2024-02-15T15:00:00Z");
const start = now - 100_000;

function call(payee = "a.example", cents = 124): CallInSession {
  const fields = { payee: { value: payee, under: [payee, "example"] }, amount: cents, plan: "p-1" };
  return { effect: "pay", fields, proposalHash: hashOf("p") };
}

/** What the call is charged, as an allow writes it. */
function charges(given: CallInSession, at: number): Charges {
  const charged = facts.chargesOf(given, at);
  if (charged === undefined) throw new Error("the call cannot be charged");
  return charged;
}

const pay = (at: number, given = call()) => allow(at, { charges: charges(given, at), expiresAt: at + 30_000 });
const stateOf = (history: readonly Entry<Later>[], given = call(), at = now) => {
  const { state, problem } = fold(entry("evidence", start, { name: "perimeter", seenAt: start }), ...history);
  if (problem !== undefined) throw new Error(problem.message);
  return facts.stateOf(state, given, at);
};

describe("what cannot be told is left out, so that its bound is violated", () => {
  test("the sum of a field that the call does not carry, and the charge of the call", () => {
    const without: CallInSession = { ...call(), fields: { amount: 124, plan: "p-1" } };
    expect(Object.keys(stateOf([], without).meters)).not.toContain("effects/pay/session/amount");
    expect(facts.chargesOf(without, now)).toBeUndefined();
  });

  test.each([-1, 1.5, Number.NaN, 2 ** 53])("the charge of an amount of %d", (cents) => {
    expect(facts.chargesOf(call("a.example", cents), now)).toBeUndefined();
  });

  test("the sum of a period that the calendar does not reach", () => {
    const late = Date.parse("9999-12-31T00:00:00Z");
    expect(Object.keys(stateOf([], call(), late).meters)).not.toContain("effects/pay/session/calls");
    expect(facts.chargesOf(call(), late)).toBeUndefined();
  });

  test("everything but the common facts, for a tool that no effect reaches", () => {
    const state = stateOf([pay(now)], { ...call(), effect: "" });
    expect(state).toMatchObject({ seq: 3, phase: "active", meters: {}, velocity: {}, approvals: {}, produced: {} });
    expect(facts.chargesOf({ ...call(), effect: "constructor" }, now)).toBeUndefined();
  });

  test("evidence that was never seen", () => {
    expect(facts.stateOf(fold().state, call(), now).evidence).toEqual({});
  });
});

test("a session in which nothing has happened has the facts of a fresh one", () => {
  const fresh = freshState(envelope, "pay", 0);
  const { approvals, produced, local, ...rest } = facts.stateOf(fold().state, call(), 0);
  expect({ ...rest, local }).toEqual({ ...freshFacts(fresh), seq: 1, evidence: {} });
  expect([approvals, produced]).toEqual([{ "effects/pay/approval": 0, "effects/pay/channel": 0 }, { "plan/id": [] }]);
});

test("the meters are those that the effect is judged by, and the charges are theirs", () => {
  const ids = boundsOf(envelope, "pay").filter((id) => /^budgets\/|\/session\//.test(id));
  expect(Object.keys(stateOf([]).meters).sort()).toEqual([...ids].sort());
  expect(charges(call(), now)).toEqual({
    "effects/pay/session/calls": { amount: 1, bucket: "2024-02-15T10" },
    "effects/pay/session/amount": { amount: 124, bucket: '"a.example"' },
    "budgets/actions": { amount: 1 },
    "budgets/externalCalls": { amount: 1 },
    "budgets/spend": { amount: 124 },
  });
});

describe("sums", () => {
  test("are kept apart by the value of a field, while budgets are not", () => {
    const { meters } = stateOf([pay(now), pay(now, call("b.example", 500))], call("b.example"));
    expect([meters["effects/pay/session/amount"], meters["budgets/spend"]]).toEqual([500, 624]);
  });

  test("of a period begin anew with the local hour", () => {
    const history = [pay(now - 1), pay(now), pay(now)];
    const calls = (at: number) => stateOf(history, call(), at).meters["effects/pay/session/calls"];
    expect([calls(now), calls(now + 3_599_999), calls(now + 3_600_000)]).toEqual([2, 2, 0]);
  });

  test("of the hour that a clock shows twice are one", () => {
    const first = Date.parse("2024-11-03T05:30:00Z");
    const bucket = (at: number) => charges(call(), at)["effects/pay/session/calls"]?.bucket;
    expect([bucket(first), bucket(first + 3_600_000)]).toEqual(["2024-11-03T01", "2024-11-03T01"]);
  });

  test("go down when a reservation is released, and windows do not", () => {
    const { meters, velocity } = stateOf([pay(now - 40_000), release(now, 3)]);
    expect(meters["budgets/spend"]).toBe(0);
    expect(velocity).toEqual({ "effects/pay/velocity/0": 0, "effects/pay/velocity/1": 1 });
  });
});

test("a window is open at its beginning and closed at its end", () => {
  const history = [pay(now - 60_000), pay(now - 59_999), pay(now - 10_000), pay(now - 9_999), pay(now)];
  expect(stateOf(history).velocity).toEqual({ "effects/pay/velocity/0": 2, "effects/pay/velocity/1": 4 });
});

test("results and the last success are those of the effects that the call is judged by", () => {
  const plan = [
    allow(now - 5, { effect: "plan" }),
    consume(now - 5, 3),
    settle(now - 4, 3, { results: { id: "p-1" } }),
  ];
  const { last, produced } = stateOf(plan);
  expect([last, produced]).toEqual([{ plan: now - 4 }, { "plan/id": ["p-1"] }]);
  expect(stateOf(plan, { effect: "plan", fields: {}, proposalHash: hashOf("x") })).toMatchObject({
    last: {},
    produced: {},
  });
});

describe("people who lift a bound", () => {
  const seconds = Math.floor(now / 1000);
  const life = { iat: seconds - 10, exp: seconds + 10 };
  const by = (person: string, rest: Parameters<typeof approve>[1] = {}) => approve(now, { person, ...life, ...rest });
  const on = (bound: "approval" | "channel", ...given: readonly Entry<Later>[]) =>
    stateOf(given).approvals[`effects/pay/${bound}`];
  const channel = { bound: "effects/pay/channel" };
  const refusedBriefly = approve((seconds - 1) * 1000, { ...life, person: "ann", decision: "refuse", exp: seconds });

  test.each<readonly [what: string, count: number, given: readonly Entry<Later>[]]>([
    ["nobody", 0, []],
    ["one without the role", 0, [by("ann", { roles: ["intern"] })]],
    ["one for another proposal", 0, [by("ann", { proposalHash: hashOf("q") })]],
    ["one for another bound", 0, [by("ann", channel)]],
    ["one too late", 0, [approve((seconds - 1) * 1000, { ...life, person: "ann", exp: seconds })]],
    ["one twice", 1, [by("ann"), by("ann", { iat: seconds - 4, digest: hashOf("again") })]],
    ["two, of whom one refuses", 0, [by("ann"), by("bob", { decision: "refuse" })]],
    ["one who has changed her mind", 0, [by("ann"), by("ann", { decision: "refuse", digest: hashOf("no") })]],
    [
      "one whose earlier approval arrives after her refusal",
      0,
      [by("ann", { decision: "refuse" }), by("ann", { iat: seconds - 11, digest: hashOf("old") })],
    ],
    ["one who says both at once", 0, [by("ann", { decision: "refuse" }), by("ann", { digest: hashOf("yes") })]],
    [
      "one who approves after her refusal",
      0,
      [by("ann", { iat: seconds - 4, decision: "refuse", digest: hashOf("no") }), by("ann", { iat: seconds - 3 })],
    ],
    ["two, after a refusal by a third", 0, [by("eve", { decision: "refuse" }), by("ann"), by("bob")]],
    ["one, after an allow of what was refused", 0, [by("eve", { decision: "refuse" }), pay(now), by("ann")]],
    [
      "one whose refusal has lapsed, and her earlier approval has not",
      0,
      [refusedBriefly, by("ann", { iat: seconds - 11, digest: hashOf("old") })],
    ],
    [
      "one whose refusal has taken her approval away, and has lapsed",
      0,
      [
        approve((seconds - 1) * 1000, { ...life, person: "ann", iat: seconds - 11, digest: hashOf("old") }),
        refusedBriefly,
      ],
    ],
    [
      "one whose refusal lapsed before an allow, and her earlier approval arrives after it",
      0,
      [refusedBriefly, pay(now), by("ann", { iat: seconds - 11, digest: hashOf("old") })],
    ],
    [
      "one who approves after her refusal, and the refusal arrives late",
      0,
      [by("ann", { iat: seconds - 3 }), by("ann", { iat: seconds - 4, decision: "refuse", digest: hashOf("no") })],
    ],
    [
      "two, of whom one has refused, which has lapsed",
      0,
      [{ ...refusedBriefly, body: { ...refusedBriefly.body, person: "bob" } }, by("ann"), by("bob")],
    ],
    [
      "two, and a refusal without the role",
      2,
      [by("ann"), by("bob"), by("eve", { decision: "refuse", roles: ["intern"] })],
    ],
    ["two of the named roles", 2, [by("ann"), by("bob", { roles: ["desk"] })]],
    ["two whose approval an allow has used up", 0, [by("ann"), by("bob"), pay(now)]],
  ])("%s", (_, count, given) => {
    expect(on("approval", ...given)).toBe(count);
  });

  test.each<readonly [what: string, count: number, given: readonly Entry<Later>[]]>([
    ["two of one role count as one", 1, [by("ann", channel), by("bob", channel)]],
    ["two of two roles", 2, [by("ann", channel), by("bob", { ...channel, roles: ["desk"] })]],
    ["one of two roles counts as one", 1, [by("ann", { ...channel, roles: ["desk", "risk"] })]],
    [
      "two, of whom one can sign for either",
      2,
      [by("ann", channel), by("bob", { ...channel, roles: ["desk", "risk"] })],
    ],
  ])("of a proposed effect: %s", (_, count, given) => {
    expect(on("channel", ...given)).toBe(count);
  });
});

function freshFacts({ approvals: _, produced: __, ...rest }: ReturnType<typeof freshState>) {
  return rest;
}

function envelopeOf(document: object) {
  const { envelope: read, diagnostics } = readEnvelope(JSON.stringify(document));
  if (read === undefined) throw new Error(JSON.stringify(diagnostics.filter(({ severity }) => severity === "error")));
  return read;
}
