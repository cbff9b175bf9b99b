/** Every way to an effect that is not the allowed one, with the code that it must get. */
import { describe, expect, test } from "vitest";
import { makeKeyRing } from "../../runtime/authority/key-ring.ts";
import type { AuthorityClaims } from "../../runtime/authority/token/documents.ts";
import { signReceipt } from "../../runtime/authority/token/receipt.ts";
import { signToken } from "../../runtime/authority/token/sign.ts";
import { type Guard, type GuardOptions, guard } from "../../runtime/guard/guard.ts";
import type { Tool } from "../../runtime/guard/tools.ts";
import { memoryStore } from "../../runtime/ledger/store/memory.ts";
import type { Session } from "../../runtime/session/session.ts";
import type { SessionVerdict } from "../../runtime/session/verdict.ts";
import { keyPair } from "../authority/key-pairs.ts";
import {
  audience,
  caller,
  document,
  type Gateway,
  issuer,
  keys,
  openGateway,
  pay,
  payEffect,
  signers,
} from "../session/gateway.ts";

interface Bank {
  readonly gateway: Gateway;
  readonly guard: Guard;
  /** The arguments of every payment that was made. */
  readonly paid: unknown[];
  readonly guardOf: (session: Session, more?: Partial<GuardOptions>) => Guard;
}

async function openBank(
  options: Parameters<typeof openGateway>[0] = {},
  more: Partial<GuardOptions> = {},
): Promise<Bank> {
  const gateway = await openGateway(options);
  const paid: unknown[] = [];
  const tools: Record<string, Tool> = {
    "bank.pay": (args) => {
      paid.push(args);
      return { result: { id: `p-${paid.length}` } };
    },
    "bank.cancel": () => ({ result: {} }),
  };
  const clock = () => gateway.time.now;
  const guardOf = (session: Session, other: Partial<GuardOptions> = {}) =>
    guard({ session, keys, issuer, audience, clock, tools, ...more, ...other });
  return { gateway, paid, guardOf, guard: guardOf(gateway.session) };
}

async function allowed(session: Session, proposal = pay("5.00")): Promise<SessionVerdict & { readonly token: string }> {
  const answer = await session.propose(proposal, caller);
  if (answer.token === null) throw new Error(`no allow: ${JSON.stringify(answer.violations)}`);
  return { ...answer, token: answer.token };
}

/** The token with other members in its claims or header, and the old signature. */
function altered(token: string, part: 0 | 1, members: Readonly<Record<string, unknown>>): string {
  const parts = token.split(".");
  const value = JSON.parse(Buffer.from(parts[part]!, "base64url").toString());
  parts[part] = Buffer.from(JSON.stringify({ ...value, ...members })).toString("base64url");
  return parts.join(".");
}

describe("a token is redeemed", () => {
  test("once, for the call that was judged, with its defaults filled in", async () => {
    const { gateway, guard, paid } = await openBank();
    const { token } = await allowed(gateway.session, pay("5.00", {}, { comment: "hello" }));
    const redeemed = await guard.redeem(token, pay("5.00", {}, { comment: "hello" }));
    expect(redeemed).toMatchObject({ outcome: "executed", result: { id: "p-1" }, settled: { outcome: "appended" } });
    expect(paid).toEqual([{ payee: "alice", amount: "5.00", memo: "none", comment: "hello" }]);
    const records = await gateway.records();
    expect(records.map(({ type }) => type)).toEqual(["activated", "decided", "consumed", "settled"]);
    expect(records[3]?.body).toMatchObject({ outcome: "executed", results: { payment: "p-1" }, amounts: {} });
  });

  test("with its keys in another order: the same proposal", async () => {
    const { gateway, guard } = await openBank();
    const { token } = await allowed(gateway.session, '{"tool":"bank.pay","args":{"payee":"bob","amount":"1.00"}}');
    const redeemed = await guard.redeem(token, '{"args":{"amount":"1.00","payee":"bob"},"tool":"bank.pay"}');
    expect(redeemed).toMatchObject({ outcome: "executed" });
  });

  test("and what it produced can be used in this session, and nothing else", async () => {
    const { gateway, guard } = await openBank();
    const cancel = (payment: string) => JSON.stringify({ tool: "bank.cancel", args: { payment } });
    expect(await gateway.session.propose(cancel("p-1"), caller)).toMatchObject({
      verdict: "deny",
      code: "SCOPE_VIOLATION",
    });
    await guard.redeem((await allowed(gateway.session)).token, pay("5.00"));
    expect(await gateway.session.propose(cancel("p-1"), caller)).toMatchObject({ verdict: "allow" });
    expect(await gateway.session.propose(cancel("p-2"), caller)).toMatchObject({ verdict: "deny" });
  });

  test("and the arguments that the tool is given cannot be changed, nor the proposal while the guard works", async () => {
    const seen: unknown[] = [];
    const meddling: Tool = (args) => {
      seen.push(args);
      expect(() => Reflect.set(args as object, "amount", "9.00")).not.toThrow();
      return { result: { id: "p-1" } };
    };
    const { gateway, guard } = await openBank({}, { tools: { "bank.pay": meddling } });
    const { token } = await allowed(gateway.session);
    const bytes = new TextEncoder().encode(pay("5.00"));
    const redeemed = guard.redeem(token, bytes);
    bytes.set(new TextEncoder().encode(pay("4.00")));
    expect(await redeemed).toMatchObject({ outcome: "executed" });
    expect(seen).toEqual([{ payee: "alice", amount: "5.00", memo: "none" }]);
  });
});

describe("attacks", () => {
  type Attack = (bank: Bank) => Promise<unknown>;
  const redeem = async ({ gateway, guard }: Bank, change: (token: string) => string, proposal = pay("5.00")) =>
    guard.redeem(change((await allowed(gateway.session)).token), proposal);

  const attacks: Readonly<Record<string, readonly [code: string, attack: Attack]>> = {
    "a forged token": ["TOKEN_SIGNATURE", (bank) => redeem(bank, (token) => altered(token, 1, { seq: 1 }))],
    "another key": [
      "TOKEN_SIGNATURE",
      async (bank) => {
        const { signer } = await keyPair("stranger");
        const session = await bank.gateway.reopen({
          authority: { signer: { ...signer, kid: "gateway-1" }, issuer, audience },
        });
        return bank.guard.redeem((await allowed(session)).token, pay("5.00"));
      },
    ],
    "a key that is not pinned": [
      "TOKEN_KEY",
      async (bank) => {
        const { signer } = await keyPair("stranger");
        const session = await bank.gateway.reopen({ authority: { signer, issuer, audience } });
        return bank.guard.redeem((await allowed(session)).token, pay("5.00"));
      },
    ],
    "`alg` none": ["TOKEN_ALGORITHM", (bank) => redeem(bank, (token) => altered(token, 0, { alg: "none" }))],
    "`alg` swapped": ["TOKEN_ALGORITHM", (bank) => redeem(bank, (token) => altered(token, 0, { alg: "HS256" }))],
    "a wrong `typ`": ["TOKEN_TYPE", (bank) => redeem(bank, (token) => altered(token, 0, { typ: "JWT" }))],
    "no token": ["TOKEN_MALFORMED", ({ guard }) => guard.redeem(undefined, pay("5.00"))],
    "an expired token": [
      "TOKEN_EXPIRED",
      async ({ gateway, guard }) => {
        const { token } = await allowed(gateway.session);
        gateway.time.now += 30_000;
        return guard.redeem(token, pay("5.00"));
      },
    ],
    "a token that is not yet valid": [
      "TOKEN_NOT_YET_VALID",
      async ({ gateway, guardOf }) => {
        const { token } = await allowed(gateway.session);
        return guardOf(gateway.session, { clock: () => gateway.time.now - 1 }).redeem(token, pay("5.00"));
      },
    ],
    "another audience": [
      "TOKEN_AUDIENCE",
      async ({ gateway, guardOf }) =>
        guardOf(gateway.session, { audience: "other" }).redeem((await allowed(gateway.session)).token, pay("5.00")),
    ],
    "another executor's token": [
      "TOKEN_AUDIENCE",
      async (bank) => {
        const authority = { signer: signers.gateway, issuer, audience: "other" };
        const session = await bank.gateway.reopen({ authority });
        return bank.guard.redeem((await allowed(session)).token, pay("5.00"));
      },
    ],
    "another gateway": [
      "TOKEN_ISSUER",
      async ({ gateway, guardOf }) =>
        guardOf(gateway.session, { issuer: "other" }).redeem((await allowed(gateway.session)).token, pay("5.00")),
    ],
    "a replay in the same process": [
      "RESERVATION_MISSING",
      async ({ gateway, guard }) => {
        const { token } = await allowed(gateway.session);
        await guard.redeem(token, pay("5.00"));
        return guard.redeem(token, pay("5.00"));
      },
    ],
    "a replay in another process": [
      "RESERVATION_MISSING",
      async ({ gateway, guard, guardOf }) => {
        const other = guardOf(await gateway.reopen());
        const { token } = await allowed(gateway.session);
        await guard.redeem(token, pay("5.00"));
        return other.redeem(token, pay("5.00"));
      },
    ],
    "a replay after a restart": [
      "RESERVATION_MISSING",
      async ({ gateway, guard, guardOf }) => {
        const { token } = await allowed(gateway.session);
        await guard.redeem(token, pay("5.00"));
        return guardOf(await gateway.reopen()).redeem(token, pay("5.00"));
      },
    ],
    "two at once, in two processes": [
      "RESERVATION_MISSING",
      async ({ gateway, guard, guardOf, paid }) => {
        const other = guardOf(await gateway.reopen());
        const { token } = await allowed(gateway.session);
        const both = await Promise.all([guard.redeem(token, pay("5.00")), other.redeem(token, pay("5.00"))]);
        expect(paid.splice(0)).toHaveLength(1);
        return both.find(({ outcome }) => outcome === "denied");
      },
    ],
    "an argument changed by one byte": ["PROPOSAL_MISMATCH", (bank) => redeem(bank, (token) => token, pay("5.01"))],
    "a narrative argument changed": [
      "PROPOSAL_MISMATCH",
      (bank) => redeem(bank, (token) => token, pay("5.00", {}, { comment: "hello" })),
    ],
    "a field added": ["PROPOSAL_MISMATCH", (bank) => redeem(bank, (token) => token, pay("5.00", {}, { memo: "none" }))],
    "another effect": [
      "PROPOSAL_MISMATCH",
      (bank) => redeem(bank, (token) => token, '{"tool":"bank.cancel","args":{"payment":"p"}}'),
    ],
    "no proposal": ["PROPOSAL_MISMATCH", (bank) => redeem(bank, (token) => token, "{")],
    "another session": [
      "RESERVATION_MISSING",
      async ({ gateway, guardOf }) => {
        const other = await openGateway({ activatedAt: gateway.time.now - 1 });
        const { token } = await allowed(gateway.session);
        await allowed(other.session);
        return guardOf(other.session).redeem(token, pay("5.00"));
      },
    ],
    "an envelope swapped": [
      "ENVELOPE_MISMATCH",
      async ({ gateway, guardOf }) => {
        const other = await openGateway({ envelope: document({ goal: { summary: "Else", taskType: "payment" } }) });
        return guardOf(other.session).redeem((await allowed(gateway.session)).token, pay("5.00"));
      },
    ],
    "a policy changed since": [
      "POLICY_CHANGED",
      async ({ gateway, guardOf }) => {
        const { token } = await allowed(gateway.session);
        const evaluator = { ...gateway.session.evaluator, policyDigest: `sha256:${"0".repeat(64)}` };
        return guardOf({ ...gateway.session, evaluator }).redeem(token, pay("5.00"));
      },
    ],
    "a kill since": [
      "KILLED",
      async ({ gateway, guard }) => {
        const { token } = await allowed(gateway.session);
        await (await gateway.reopen()).kill("console");
        return guard.redeem(token, pay("5.00"));
      },
    ],
    "a freeze since": [
      "SESSION_NOT_ACTIVE",
      async ({ gateway, guard }) => {
        const { token } = await allowed(gateway.session);
        const body = { code: "BROKEN", message: "broken", freezes: true };
        await gateway.session.record((at) => ({ type: "incident", at, body }));
        return guard.redeem(token, pay("5.00"));
      },
    ],
    "a request that is not the recorded one": [
      "REQUEST_MISMATCH",
      async ({ gateway, guard }) => {
        const { token } = await allowed(gateway.session);
        const claims: AuthorityClaims = JSON.parse(Buffer.from(token.split(".")[1]!, "base64url").toString());
        const signed = await signToken(signers.gateway, { ...claims, req: `sha256:${"0".repeat(64)}` });
        return guard.redeem(signed, pay("5.00"));
      },
    ],
    "a tool that the guard does not have": [
      "TOOL_UNKNOWN",
      async ({ gateway, guardOf }) =>
        guardOf(gateway.session, { tools: {} }).redeem((await allowed(gateway.session)).token, pay("5.00")),
    ],
    "a clock that has gone back": [
      "CLOCK_REGRESSION",
      async ({ gateway, guardOf }) => {
        const now = gateway.time.now;
        const { token } = await allowed(gateway.session);
        gateway.time.now += 10;
        await gateway.session.propose("{", caller);
        gateway.time.now = now;
        return guardOf(gateway.session).redeem(token, pay("5.00"));
      },
    ],
  };

  test.each(Object.entries(attacks))("%s", async (_, [code, attack]) => {
    const bank = await openBank();
    const answer = await attack(bank);
    expect(answer).toMatchObject({ outcome: "denied", denial: { code } });
    expect(bank.paid.length).toBeLessThanOrEqual(1);
  });

  test("a token from a ledger that was rolled back is of no verdict in it", async () => {
    const store = memoryStore();
    const { gateway, paid, guardOf } = await openBank({ store });
    await allowed(gateway.session);
    const { token } = await allowed(gateway.session);
    const older = memoryStore();
    const page = await store.read(gateway.session.id, 1, 2);
    for (const [i, text] of page.ok ? page.texts.entries() : []) {
      const { prev, hash } = JSON.parse(text);
      await older.append(gateway.session.id, { seq: i, hash: prev }, { seq: i + 1, hash, text });
    }
    const rolledBack = await gateway.reopen({ store: older });
    expect(await guardOf(rolledBack).redeem(token, pay("5.00"))).toMatchObject({
      denial: { code: "RESERVATION_MISSING" },
    });
    expect(paid).toEqual([]);
  });

  test("each denial is on record: verdict, time, reason, proposal hash, executed: false", async () => {
    const { gateway, guard } = await openBank();
    const { token, proposalHash } = await allowed(gateway.session);
    const answer = await guard.redeem(altered(token, 1, { seq: 1 }), pay("5.00"));
    expect(answer).toMatchObject({ denial: { seq: 3 } });
    expect((await gateway.records())[2]).toMatchObject({
      type: "decided",
      at: gateway.time.now,
      body: { verdict: "deny", proposalHash, violations: [{ id: "token", code: "TOKEN_SIGNATURE" }], executed: false },
    });
  });

  test("a store that is down executes nothing", async () => {
    const { gateway, guardOf, paid } = await openBank();
    const { token } = await allowed(gateway.session);
    const fault = { code: "STORE_UNAVAILABLE", message: "the plug is out" } as const;
    const failed = async () => ({ outcome: "failed", fault }) as const;
    const down: Session = { ...gateway.session, redeem: failed, recordAnyway: failed };
    const answer = await guardOf(down).redeem(token, pay("5.00"));
    expect(answer).toMatchObject({ outcome: "denied", denial: { code: "STORE_UNAVAILABLE", seq: null } });
    const broken: Session = { ...down, redeem: () => Promise.reject(new Error("out of order")) };
    expect(await guardOf(broken).redeem(token, pay("5.00"))).toMatchObject({ denial: { code: "STORE_UNAVAILABLE" } });
    expect(paid).toEqual([]);
  });
});

describe("settlement", () => {
  const costOf = ({ gateway }: Bank) => gateway.session.state.sums.of("budgets/spend");
  const bankWith = (tool: Tool) => openBank({}, { tools: { "bank.pay": tool } });
  const run = async (bank: Bank) => bank.guard.redeem((await allowed(bank.gateway.session)).token, pay("5.00"));
  const incidents = async ({ gateway }: Bank) =>
    (await gateway.records()).flatMap(({ type, body }) => (type === "incident" ? [body] : []));

  test("a tool that throws is charged in full: nobody knows whether it did something", async () => {
    const bank = await bankWith(() => {
      throw new Error("connection reset");
    });
    expect(await run(bank)).toMatchObject({ outcome: "unknown", reason: "connection reset" });
    expect((await bank.gateway.records()).at(-1)).toMatchObject({ type: "settled", body: { outcome: "unknown" } });
    expect(costOf(bank)).toBe(500);
  });

  test("a redeemed effect that nobody settles is charged in full after 60 seconds, and freezes", async () => {
    const { gateway } = await openBank();
    const { session, time } = gateway;
    const { seq } = await allowed(session);
    const { decided, jti } = session.state.reservations.get(seq ?? 0)!;
    await session.redeem(decided, jti);
    time.now += 59_999;
    expect(await session.endOverdue()).toEqual({ outcome: "ended", count: 0 });
    time.now += 1;
    const late = await gateway.reopen();
    expect(await late.propose(pay("1.00"), caller)).toMatchObject({ verdict: "deny", code: "SESSION_NOT_ACTIVE" });
    expect(late.state.reservations.size).toBe(0);
    expect(late.state.sums.of("budgets/spend")).toBe(500);
    expect((await gateway.records()).slice(3, 5)).toMatchObject([
      { type: "incident", body: { code: "OUTCOME_UNKNOWN", freezes: true, about: decided } },
      { type: "settled", body: { decided, outcome: "unknown" } },
    ]);
    expect(await session.settle(decided, jti, { outcome: "executed" })).toMatchObject({ outcome: "refused" });
  });

  test("a failed effect is not refunded without a receipt", async () => {
    const bank = await bankWith(() => ({ outcome: "not_executed", amounts: { "budgets/spend": 0 } }));
    expect(await run(bank)).toMatchObject({ outcome: "not_executed" });
    expect(costOf(bank)).toBe(500);
  });

  const receipt = (jti: string, kid: "gateway" | "executor" = "executor") =>
    signReceipt(signers[kid], { jti, outcome: "not_executed", amounts: { "budgets/spend": 0 }, at: 0 });

  test("a failed effect is refunded with a receipt of the executor", async () => {
    const bank = await bankWith(async (_, { jti }) => ({ outcome: "not_executed", receipt: await receipt(jti) }));
    await run(bank);
    expect(costOf(bank)).toBe(0);
    expect(await incidents(bank)).toEqual([]);
  });

  test.each([
    ["of another key", "RECEIPT_INVALID", async (jti: string) => receipt(jti, "gateway")],
    ["of a token that nobody gave", "EFFECT_OUTSIDE_SET", async () => receipt("A".repeat(43))],
    ["that is none", "RECEIPT_INVALID", async () => "receipt"],
  ])("a receipt %s refunds nothing, and freezes", async (_, code, make) => {
    const bank = await bankWith(async (_, { jti }) => ({
      outcome: "not_executed",
      amounts: { "budgets/spend": 0 },
      receipt: await make(jti),
    }));
    await run(bank);
    expect(costOf(bank)).toBe(500);
    expect(await incidents(bank)).toMatchObject([{ code }]);
    expect(bank.gateway.session.state.phase).toBe("frozen");
  });

  test("more than was reserved is charged, told, and freezes the session", async () => {
    const bank = await bankWith(() => ({ result: { id: "p" }, amounts: { "budgets/spend": 501 } }));
    await run(bank);
    expect(costOf(bank)).toBe(501);
    expect(await incidents(bank)).toMatchObject([{ code: "SETTLED_ABOVE_RESERVATION", freezes: true }]);
    expect((await bank.gateway.session.propose(pay("1.00"), caller)).code).toBe("SESSION_NOT_ACTIVE");
  });

  test.each([
    ["lacks its id", {}],
    ["has an id of another type", { id: 7 }],
    ["is no JSON", 1n],
    ["is missing", undefined],
  ])("a result that %s is an incident, and produces nothing", async (_, result) => {
    const bank = await bankWith(() => ({ result }));
    expect(await run(bank)).toMatchObject({ outcome: "executed" });
    expect(await incidents(bank)).toMatchObject([{ code: "RESULT_UNDECODABLE", freezes: false }]);
    expect(bank.gateway.session.state.produced.size).toBe(0);
  });

  test("a report that cannot be recorded is charged in full, and freezes", async () => {
    const bank = await bankWith(() => ({ result: { id: "p" }, amounts: { "budgets/other": 1 } }));
    await run(bank);
    expect(costOf(bank)).toBe(500);
    expect(await incidents(bank)).toMatchObject([{ code: "SETTLEMENT_REFUSED", freezes: true }]);
  });

  test.each<readonly [what: string, report: () => unknown]>([
    ["whose metrics are no list", () => ({ result: { id: "p" }, metrics: 5 })],
    [
      "whose metrics do not end",
      () => ({
        metrics: {
          *[Symbol.iterator]() {
            for (;;) yield { metric: "m", value: 1 };
          },
        },
      }),
    ],
    ["of more metrics than anybody needs", () => ({ metrics: new Array(1001).fill({ metric: "m", value: 1 }) })],
    ["with a metric that is none", () => ({ metrics: [{ metric: 1 }] })],
    [
      "whose amounts cannot be read",
      () => ({
        amounts: new Proxy(
          {},
          {
            ownKeys: () => {
              throw new Error("no");
            },
          },
        ),
      }),
    ],
    ["whose amounts are no numbers", () => ({ amounts: { "budgets/spend": "0" } })],
    ["with another outcome", () => ({ outcome: "lol" })],
    ["whose receipt is no text", () => ({ receipt: 1 })],
  ])("a report %s is charged in full, told, and freezes", async (_, report) => {
    const bank = await bankWith(() => report() as never);
    expect(await run(bank)).toMatchObject({ outcome: "unknown", settled: { outcome: "appended" } });
    expect(costOf(bank)).toBe(500);
    expect(await incidents(bank)).toMatchObject([{ code: "SETTLEMENT_REFUSED", freezes: true }]);
  });

  test("what is told is what the ledger says, not what the tool says", async () => {
    const bank = await bankWith(async (_, { jti }) => ({ result: { id: "p" }, receipt: await receipt(jti) }));
    expect(await run(bank)).toMatchObject({ outcome: "not_executed" });
  });

  test("a report that comes when the effect has been settled is an incident: the money may be more", async () => {
    const bank = await bankWith(async () => {
      bank.gateway.time.now += 61_000;
      await bank.gateway.session.endOverdue();
      return { result: { id: "p" }, amounts: { "budgets/spend": 1900 } };
    });
    expect(await run(bank)).toMatchObject({ outcome: "unknown", settled: { outcome: "refused" } });
    const codes = (await incidents(bank)).map(({ code, message }) => [code, message.includes("1900")]);
    expect(codes).toEqual([
      ["OUTCOME_UNKNOWN", false],
      ["SETTLED_LATE", true],
    ]);
  });

  test("nothing is redeemed while an older effect should have been settled", async () => {
    const { gateway, guard, paid } = await openBank({ tokenSeconds: 100 });
    const { session, time } = gateway;
    const { seq } = await allowed(session);
    const { jti } = session.state.reservations.get(seq ?? 0)!;
    await session.redeem(seq ?? 0, jti);
    const { token } = await allowed(session);
    time.now += 60_000;
    expect(await guard.redeem(token, pay("5.00"))).toMatchObject({ denial: { code: "SESSION_NOT_ACTIVE" } });
    expect(paid).toEqual([]);
  });

  test("nothing is redeemed after the envelope's end, however long the token would be good", async () => {
    const { gateway, guard, paid } = await openBank({ tokenSeconds: 3600 });
    const end = Date.UTC(2024, 1, 15, 21);
    gateway.time.now = end - 1_500;
    const { token } = await allowed(gateway.session);
    gateway.time.now = end;
    expect(await guard.redeem(token, pay("5.00"))).toMatchObject({ denial: { code: "TOKEN_EXPIRED" } });
    expect(paid).toEqual([]);
  });

  test.each([undefined, null, 5, "done", true])(
    "a tool that answers %j did something nobody knows",
    async (none: unknown) => {
      const bank = await bankWith(() => none as never);
      const reason = expect.stringContaining("no report: an object was expected");
      expect(await run(bank)).toMatchObject({ outcome: "unknown", reason });
    },
  );

  test("a report may be of a class, and what stands on Object.prototype is none of it", async () => {
    class Report {
      get result() {
        return { id: "p-1" };
      }
    }
    Object.assign(Object.prototype, { outcome: "not_executed", receipt: "x", amounts: { "budgets/spend": 0 } });
    try {
      const bank = await bankWith(() => new Report());
      expect(await run(bank)).toMatchObject({ outcome: "executed", result: { id: "p-1" } });
      expect((await bank.gateway.records()).at(-1)?.body).toMatchObject({ amounts: {}, results: { payment: "p-1" } });
    } finally {
      for (const name of ["outcome", "receipt", "amounts"]) Reflect.deleteProperty(Object.prototype, name);
    }
  });
});

test("keys are rotated by kid: both verify while both are pinned, and the old one not after", async () => {
  const next = await keyPair("gateway-2");
  const old = await keyPair("gateway-1");
  const ring = (...given: Parameters<typeof makeKeyRing>[0]) => {
    const made = makeKeyRing(given);
    if (!made.ok) throw new Error(made.reason);
    return made.ring;
  };
  const { gateway, guardOf } = await openBank({ envelope: document({ effects: { pay: payEffect } }) });
  const rotated = await gateway.reopen({ authority: { signer: next.signer, issuer, audience } });
  const [first, second, third] = [
    (await allowed(gateway.session)).token,
    (await allowed(rotated)).token,
    (await allowed(gateway.session)).token,
  ];
  const both = guardOf(gateway.session, { keys: ring(old.key, next.key) });
  expect(await both.redeem(first, pay("5.00"))).toMatchObject({ outcome: "executed" });
  expect(await both.redeem(second, pay("5.00"))).toMatchObject({ outcome: "executed" });
  const newOnly = guardOf(gateway.session, { keys: ring(next.key) });
  expect(await newOnly.redeem(third, pay("5.00"))).toMatchObject({ denial: { code: "TOKEN_KEY" } });
});
