import { describe, expect, test } from "vitest";
import { agree } from "../../runtime/agree.ts";
import { isJustification } from "../../runtime/facts.ts";
import { createHost } from "../../runtime/load.ts";
import { describeViolation } from "../../runtime/messages/describe.ts";
import { freshFacts, freshState } from "../../runtime/session/fresh.ts";
import { inTableOrder } from "../../runtime/table-order.ts";
import { pointerOf } from "../../schema/bound-pointer.ts";
import type { Envelope } from "../../schema/envelope.ts";
import { call, envelope, handMade, now } from "./hand-made.ts";

const evaluator = createHost({ engines: ["reference"] }).load(handMade());
const facts = freshFacts(envelope, "count", now);

const full: Envelope = {
  ...envelope,
  capabilities: ["NET_ACCESS"],
  budgets: { actions: { max: 10 }, externalCalls: { max: 4 }, spend: { max: "50.00", unit: "USD" } },
  defaults: { velocity: [{ max: 2, seconds: 60 }] },
  evidence: { perimeter: { maxAgeSeconds: 300 }, identity: { maxAgeSeconds: 10, effects: ["plan"] } },
  forbidden: [{ effect: "withdraw" }, { tag: "irreversible" }, { tool: "bank.close" }],
  effects: {
    plan: { tools: ["plan.make"], external: false, fields: {}, session: { calls: { max: 3 } } },
    pay: {
      tools: ["bank.pay"],
      external: true,
      channel: "propose",
      requires: ["NET_ACCESS"],
      fields: {
        amount: { type: "decimal", from: "/amount", scale: 2, unit: "USD" },
        payee: { type: "string", from: "/payee" },
        due: { type: "date", from: "/due" },
      },
      allow: { payee: { oneOf: ["ACME"] } },
      rows: [{ fields: ["payee", "amount"], oneOf: [["ACME", "1.00"]] }],
      relations: [{ left: "payee", op: "!=", right: "payee" }],
      perCall: { amount: { max: "9.50" }, due: { max: "2024-03-01" } },
      session: { calls: { max: 3 }, amount: { max: "20.00", perField: "payee" } },
      consumes: { spend: "amount" },
      after: [{ effect: "plan", withinSeconds: 60 }],
      schedule: { timezone: "UTC", windows: [{ days: ["mon"], from: "09:00", until: "17:00" }] },
      approval: { keys: 1, roles: ["risk"] },
      justification: "required",
    },
  },
};

describe("a verdict", () => {
  test("an allow has neither code nor primary nor violations, and carries request and digests", () => {
    expect(evaluator.decide(call(1), facts)).toEqual({
      verdict: "allow",
      code: null,
      primary: null,
      violations: [],
      effect: "count",
      fields: { by: 1 },
      engines: ["reference"],
      request: {
        envelope: evaluator.envelopeDigest,
        principal: "agent:a",
        effect: "count",
        tool: "counter.add",
        fields: { by: 1 },
        justified: false,
        now,
        state: facts.state,
      },
      envelopeDigest: evaluator.envelopeDigest,
      policyDigest: evaluator.policyDigest,
    });
  });

  test("violations stand in the table's order, the first is primary", () => {
    const state = { ...facts.state, killed: true, meters: { ...facts.state.meters, "budgets/actions": 10 } };
    const verdict = evaluator.decide(call(4), { ...facts, principal: "agent:b", state });
    expect(verdict.violations.map(({ id, code, pointer }) => [id, code, pointer])).toEqual([
      ["kill", "KILLED", "/killSwitch"],
      ["principal", "PRINCIPAL_MISMATCH", "/principal"],
      ["effects/count/per_call/by", "CAP_EXCEEDED", "/effects/count/perCall/by"],
      ["budgets/actions", "BUDGET_EXCEEDED", "/budgets/actions"],
    ]);
    expect(verdict).toMatchObject({ primary: "kill", code: "KILLED" });
  });

  test("a tool that no effect reaches is judged, down to `granted`", () => {
    expect(evaluator.decide('{"tool":"counter.reset","args":{"x":1}}', facts)).toMatchObject({
      verdict: "deny",
      violations: [{ id: "granted", code: "CAPABILITY_NOT_GRANTED", pointer: "/effects" }],
      effect: "",
      fields: {},
      engines: ["reference"],
    });
  });

  test("where nothing is said of a justification, there was none", () => {
    const { request } = evaluator.decide(call(1), { principal: facts.principal, now, state: facts.state });
    expect(request).toHaveProperty("justified", false);
  });

  test("a request for another envelope is denied", () => {
    const { request } = evaluator.decide(call(1), facts);
    expect(evaluator.judge({ ...request, envelope: "sha256:other" })).toMatchObject({
      verdict: "deny",
      primary: "envelope",
    });
  });

  test.each([undefined, null, 7, "", [], new Uint8Array([255])])(
    "hostile input %o is denied, never thrown",
    (input) => {
      expect(evaluator.decide(input as never, input as never).verdict).toBe("deny");
      expect(evaluator.judge(input as never).verdict).toBe("deny");
    },
  );

  test("no engines, no allow", () => {
    expect(agree([])).toMatchObject({ agreed: false, fault: { code: "ENGINE_FAILURE" } });
  });
});

describe("pointers say where a bound is written", () => {
  test.each([
    ["kill", "/killSwitch"],
    ["halt", "/breakers"],
    ["phase", ""],
    ["validity/expires_at", "/validity/expires_at"],
    ["granted", "/effects"],
    ["mode", "/mode"],
    ["forbidden/2", "/forbidden/2"],
    ["evidence/perimeter", "/evidence/perimeter"],
    ["budgets/spend", "/budgets/spend"],
    ["effects/pay/requires/NET_ACCESS", "/effects/pay/requires/0"],
    ["effects/pay/per_call/amount", "/effects/pay/perCall/amount"],
    ["effects/pay/session/calls", "/effects/pay/session/calls"],
    ["effects/pay/velocity/0", "/defaults/velocity/0"],
    ["effects/pay/approval", "/effects/pay/approval"],
  ])("%s → %s", (id, pointer) => {
    expect(pointerOf(id, full)).toBe(pointer);
  });

  test("a velocity of the effect's own points there", () => {
    expect(pointerOf("effects/count/velocity/0", envelope)).toBe("/effects/count/velocity/0");
  });
});

test("order: the table's rows, then code points, which are not UTF-16 units", () => {
  const ids = [
    "effects/pay/channel",
    "evidence/\u{1f600}",
    "evidence/\uffee",
    "forbidden/10",
    "forbidden/2",
    "kill",
    "mode",
  ];
  expect([...ids].reverse().sort(inTableOrder)).toEqual([
    "kill",
    "evidence/\uffee",
    "evidence/\u{1f600}",
    "forbidden/10",
    "forbidden/2",
    "mode",
    "effects/pay/channel",
  ]);
});

describe("messages name the value and the limit", () => {
  const state = {
    ...freshState(full, "pay", now),
    meters: { "effects/pay/session/amount": 1950, "budgets/spend": 4900, "effects/pay/session/calls": 3 },
    velocity: { "effects/pay/velocity/0": 2 },
    approvals: {},
    last: { plan: now - 61_000 },
    local: { UTC: { day: "thu", minute: 725, date: "2024-02-15" } },
  };
  const fields = { amount: 1240, payee: "EV\u202eIL`", due: 19790, "rows/0": '["EVIL",1240]' };
  const request = { effect: "pay", tool: "bank.pay", now, principal: "agent:b", justified: false, fields, state };
  test.each([
    ["principal", "the caller is `agent:b`; the envelope is for `agent:a`"],
    ["validity/not_before", "the time is 2024-02-15T12:00:00Z; the envelope holds from 2024-02-15T00:00:00Z"],
    ["effects/pay/per_call/amount", "`amount` is 12.40 USD; a call may carry 0 to 9.50 USD"],
    ["effects/pay/per_call/due", "`due` is 2024-03-08; a call may carry 1970-01-01 to 2024-03-01"],
    ["effects/pay/session/calls", "calls: 3 used before, this call adds 1; the session may carry 3"],
    [
      "effects/pay/session/amount",
      "`amount`: 19.50 USD used before, this call adds 12.40 USD; the session may carry 20.00 USD for each `payee`",
    ],
    ["budgets/spend", "budget `spend`: 49.00 USD used before, this call adds 12.40 USD; it may carry 50.00 USD"],
    ["effects/pay/allow/payee", "`payee` is `EV\\u{202e}IL\\``; must be one of `ACME`"],
    ["effects/pay/velocity/0", "2 calls allowed in the last 60 seconds; there may be 2 in all"],
    [
      "effects/pay/after/0",
      "effect `plan` last succeeded 61 seconds ago; it must have succeeded at most 60 seconds ago",
    ],
    ["effects/pay/schedule", "the time in UTC is thu 2024-02-15 12:05; open mon 09:00–17:00"],
    ["effects/pay/approval", "approvals of this call: 0; 1 by the role `risk` needed"],
  ])("%s", (id, message) => {
    expect(describeViolation(id, full, request)).toBe(message);
  });

  test.each([
    [300_001, "evidence `perimeter` was seen 300.001 seconds ago; it may be at most 300 seconds old", "perimeter"],
    [301_000, "evidence `perimeter` was seen 301 seconds ago; it may be at most 300 seconds old", "perimeter"],
    [1000, "evidence `identity` was seen 1 second ago; it may be at most 1 second old", "identity"],
  ])("an age of %i ms reads like no other: %s", (age, message, name) => {
    const evidence = { perimeter: { maxAgeSeconds: 300 }, identity: { maxAgeSeconds: 1 } };
    const seen = { now, state: { ...state, evidence: { [name]: now - age } } };
    expect(describeViolation(`evidence/${name}`, { ...full, evidence }, { ...request, ...seen })).toBe(message);
  });

  test("what has just become too old for `after` does not read like the limit", () => {
    const last = { plan: now - 60_001 };
    expect(describeViolation("effects/pay/after/0", full, { ...request, state: { ...state, last } })).toBe(
      "effect `plan` last succeeded 60.001 seconds ago; it must have succeeded at most 60 seconds ago",
    );
  });

  test("a tool that only some arguments open names them; any other tool, and hostile ones, have none", () => {
    const one = { session: { calls: { max: 1 } }, external: false, fields: {} };
    const http = (where: Record<string, string[] | { empty: true }>) => ({ ...one, tools: [{ tool: "http", where }] });
    const effects = {
      read: http({ "/method": ["GET"], "/body": { empty: true } }),
      send: http({ "/method": ["PUT"] }),
    };
    const message = (tool: unknown) => describeViolation("granted", { ...full, effects }, { effect: "", tool });
    const granted = "; the envelope grants `read`, `send`";
    expect(message("http")).toBe(
      `tool \`http\` reaches no effect with the values of \`/body\`, \`/method\` in this call${granted}`,
    );
    expect(message("ftp")).toBe(`tool \`ftp\` reaches no effect${granted}`);
    expect(message(7)).toBe(`tool 7 reaches no effect${granted}`);
  });

  test("one is one", () => {
    const one = { ...full, defaults: { velocity: [{ max: 1, seconds: 1 }] } };
    const velocity = { "effects/pay/velocity/0": 1 };
    expect(describeViolation("effects/pay/velocity/0", one, { ...request, state: { ...state, velocity } })).toBe(
      "1 call allowed in the last 1 second; there may be 1 in all",
    );
    expect(describeViolation("effects/pay/rows/0", full, request)).toContain("; must be the one row");
  });

  test("an operand that is missing or mistyped is shown as it stands", () => {
    expect(describeViolation("effects/pay/per_call/amount", full, { effect: "pay" })).toContain("`amount` is missing");
    expect(describeViolation("effects/pay/per_call/amount", full, { fields: { amount: "12" } })).toContain("is `12`");
  });

  test("long text of the agent is cut at 80 characters", () => {
    const message = describeViolation("effects/pay/allow/payee", full, { fields: { payee: "x".repeat(5000) } });
    expect(message).toBe(`\`payee\` is \`${"x".repeat(80)}…\`; must be one of \`ACME\``);
  });
});

test.each([
  ["a word", true],
  ["", false],
  [" \t\n\u00a0\u3000", false],
  ["\u200b\u2060\ufeff\u202e", false],
  ["\u0000", true],
  [7, false],
  [null, false],
  [undefined, false],
])("justification %j counts: %s", (text, counts) => {
  expect(isJustification(text)).toBe(counts);
});

test("fresh facts: the effect's own meters and velocities at 0, every evidence just seen, the zone's local time", () => {
  expect(freshState(full, "pay", now)).toEqual({
    seq: 0,
    phase: "active",
    killed: false,
    halted: false,
    activatedAt: now,
    meters: {
      "effects/pay/session/calls": 0,
      "effects/pay/session/amount": 0,
      "budgets/actions": 0,
      "budgets/externalCalls": 0,
      "budgets/spend": 0,
    },
    velocity: { "effects/pay/velocity/0": 0 },
    local: { UTC: { day: "thu", minute: 720, date: "2024-02-15" } },
    approvals: {},
    last: {},
    produced: {},
    evidence: { perimeter: now, identity: now },
  });
});
