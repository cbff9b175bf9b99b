import { describe, expect, test } from "vitest";
import { memoryStore } from "../../runtime/ledger/store/memory.ts";
import type { Store } from "../../runtime/ledger/store/store.ts";
import { openSession } from "../../runtime/session/session.ts";
import { caller, document, executors, openGateway, pay, payEffect, signers, start } from "./gateway.ts";
import { plain } from "./plain.ts";

const down: Store = {
  read: async () => ({ ok: false, fault: { code: "STORE_UNAVAILABLE", message: "the plug is out" } }),
  append: async () => ({ outcome: "failed", fault: { code: "STORE_UNAVAILABLE", message: "the plug is out" } }),
  claimant: async () => ({ ok: false, fault: { code: "STORE_UNAVAILABLE", message: "the plug is out" } }),
  close: async () => {},
};

/** A store of which one function can be taken over. */
function tapped(): { readonly store: Store; tap: Partial<Store> } {
  const inner = memoryStore();
  const outer: { store: Store; tap: Partial<Store> } = {
    tap: {},
    store: {
      read: (...args) => (outer.tap.read ?? inner.read)(...args),
      append: (...args) => (outer.tap.append ?? inner.append)(...args),
      claimant: (...args) => (outer.tap.claimant ?? inner.claimant)(...args),
      close: () => inner.close(),
    },
  };
  return outer;
}

describe("no record, no allow", () => {
  test("a store that is down is a deny, and an allow again when it is back", async () => {
    const outer = tapped();
    const { session, records } = await openGateway({ store: outer.store });
    outer.tap = down;
    const denied = await session.propose(pay("1.00"), caller);
    expect(denied).toMatchObject({
      verdict: "deny",
      code: "STORE_UNAVAILABLE",
      primary: "store",
      seq: null,
      token: null,
    });
    outer.tap = {};
    expect(await session.propose(pay("1.00"), caller)).toMatchObject({ verdict: "allow", seq: 2 });
    expect(await records()).toHaveLength(2);
  });

  test.each(["append", "read"] as const)(
    "a store whose %s throws, against its promise, is one that is down",
    async (name) => {
      const outer = tapped();
      const { session } = await openGateway({ store: outer.store });
      const broken = () => Promise.reject(new Error("out of order"));
      outer.tap = { [name]: broken };
      // A proposal with an id reads first.
      const denied = await session.propose(pay("1.00", { id: "1" }), caller);
      expect(denied).toMatchObject({ verdict: "deny", code: "STORE_UNAVAILABLE", seq: null });
      outer.tap = {};
      expect(await session.propose(pay("1.00", { id: "1" }), caller)).toMatchObject({ verdict: "allow" });
    },
  );

  test("an append of which nobody knows whether it was written is a deny; what was reserved is released later", async () => {
    const outer = tapped();
    const { session, time, records } = await openGateway({ store: outer.store });
    const real = outer.store.append;
    outer.tap = {
      append: async (...args) => {
        outer.tap = {};
        await real(...args);
        return { outcome: "failed", fault: { code: "STORE_UNAVAILABLE", message: "no answer" } };
      },
    };
    expect(await session.propose(pay("5.00"), caller)).toMatchObject({ verdict: "deny", code: "STORE_UNAVAILABLE" });
    expect(await session.propose(pay("1.00"), caller)).toMatchObject({ verdict: "allow", seq: 3 });
    expect(session.state.sums.of("budgets/spend")).toBe(600);
    time.now += 31_000;
    await session.propose(pay("9.00"), caller);
    expect(session.state.sums.of("budgets/spend")).toBe(0);
    expect((await records()).map(({ type }) => type)).toEqual([
      "activated",
      "decided",
      "decided",
      "released",
      "released",
      "decided",
    ]);
  });

  test("a signer that fails is a deny that is recorded, and reserves nothing", async () => {
    const broken = { ...signers.gateway, sign: () => Promise.reject(new Error("the HSM is asleep")) };
    const authority = { signer: broken, issuer: "g", audience: "e" };
    const { session } = await openGateway({ authority });
    const denied = await session.propose(pay("1.00"), caller);
    expect(denied).toMatchObject({ verdict: "deny", code: "SIGNER_UNAVAILABLE", seq: 2, token: null });
    expect(session.state.sums.of("budgets/spend")).toBe(0);
  });

  test.each([
    ["goes back", () => start - 1],
    [
      "throws",
      () => {
        throw new Error("no battery");
      },
    ],
    ["gives no number", () => Number.NaN],
    ["gives no whole number", () => start + 0.5],
  ])("a clock that %s is a deny, recorded under the last time", async (_, clock) => {
    const { session, records } = await openGateway({ clock });
    const denied = await session.propose(pay("1.00"), caller);
    expect(denied).toMatchObject({ verdict: "deny", code: "CLOCK_REGRESSION", primary: "clock", seq: 2 });
    expect((await records())[1]).toMatchObject({
      at: start,
      type: "decided",
      body: { verdict: "deny", request: null },
    });
  });

  test("a signer that hangs holds up no kill, and denies when its time is over", async () => {
    const hanging = { ...signers.gateway, sign: () => new Promise<Uint8Array>(() => undefined) };
    const authority = { signer: hanging, issuer: "g", audience: "e" };
    const { session, records } = await openGateway({ authority, signSeconds: 1 });
    const answer = session.propose(pay("1.00"), caller);
    expect(await session.kill("console")).toMatchObject({ outcome: "appended" });
    expect(await answer).toMatchObject({ verdict: "deny", token: null });
    expect((await records()).map(({ type }) => type)).toEqual(["activated", "killed", "decided"]);
  });

  test("a race lost each time is CONTENTION, after as many attempts as are set", async () => {
    const outer = tapped();
    const { session } = await openGateway({ store: outer.store, attempts: 3 });
    let asked = 0;
    outer.tap = {
      append: async () => {
        asked += 1;
        return { outcome: "lost" };
      },
    };
    expect(await session.propose(pay("1.00"), caller)).toMatchObject({
      verdict: "deny",
      code: "CONTENTION",
      seq: null,
    });
    expect(asked).toBe(3);
  });
});

describe("deciding on the ledger", () => {
  test("every verdict is recorded before it leaves: allow, deny, and what cannot be decoded", async () => {
    const { session, records } = await openGateway();
    const allowed = await session.propose(pay("5.00"), caller);
    const denied = await session.propose(pay("5.01"), caller);
    const unread = await session.propose("{", caller);
    expect([allowed.verdict, denied.verdict, unread.verdict]).toEqual(["allow", "deny", "deny"]);
    expect([allowed.seq, denied.seq, unread.seq]).toEqual([2, 3, 4]);
    const [, first, second, third] = await records();
    const engines = (verdict: string, violations: string[]) =>
      ["cedar", "rego"].map((engine) => ({ engine, verdict, violations }));
    expect(first?.body).toMatchObject({
      proposalHash: allowed.proposalHash,
      verdict: "allow",
      request: { effect: "pay", fields: { payee: "alice", amount: 500, memo: "none" }, now: start, state: { seq: 1 } },
      engines: engines("allow", []),
      executed: false,
      reservation: { expiresAt: start + 30_000, charges: { "budgets/spend": { amount: 500 } } },
    });
    expect(second?.body).toMatchObject({ verdict: "deny", engines: engines("deny", ["effects/pay/per_call/amount"]) });
    expect(second?.body).not.toHaveProperty("reservation");
    expect(third?.body).toMatchObject({ verdict: "deny", proposalHash: null, request: null, engines: [] });
  });

  test("what is reserved is not there for the next one, and is again when its token has expired", async () => {
    const { session, time } = await openGateway();
    for (const _ of [1, 2, 3, 4]) expect((await session.propose(pay("5.00"), caller)).verdict).toBe("allow");
    const over = await session.propose(pay("0.01"), caller);
    expect(over).toMatchObject({ verdict: "deny", violations: [{ id: "budgets/spend" }] });
    time.now += 29_999;
    expect((await session.propose(pay("0.01"), caller)).verdict).toBe("deny");
    time.now += 1;
    expect((await session.propose(pay("5.00"), caller)).verdict).toBe("allow");
  });

  test("two processes do not spend the same money", async () => {
    const { session, reopen } = await openGateway();
    const other = await reopen();
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].flatMap(() => [session.propose(pay("4.00"), caller), other.propose(pay("4.00"), caller)]),
    );
    expect(answers.filter(({ verdict }) => verdict === "allow")).toHaveLength(5);
    expect(new Set(answers.map(({ seq }) => seq)).size).toBe(10);
  });

  test("a kill in another process is seen by the very next decision", async () => {
    const { session, reopen } = await openGateway();
    await session.propose(pay("1.00"), caller);
    const other = await reopen();
    expect(await other.kill("console")).toMatchObject({ outcome: "appended" });
    expect(await session.propose(pay("1.00"), caller)).toMatchObject({
      verdict: "deny",
      code: "KILLED",
      primary: "kill",
    });
  });

  test("a kill does not wait for a clock", async () => {
    const { session } = await openGateway({ clock: () => Number.NaN });
    expect(await session.kill("console")).toMatchObject({ outcome: "appended" });
    expect(session.state.killed).toBe(true);
  });

  test.each(["", "\ud800", "x".repeat(10_000), 7 as never])(
    "a kill lands whatever its signal is called",
    async (signal) => {
      const { session } = await openGateway();
      expect(await session.kill(signal)).toMatchObject({
        outcome: "appended",
        record: { body: { signal: "unnamed" } },
      });
    },
  );

  test("a kill that cannot be written kills here at once, and is written as soon as it can be", async () => {
    const outer = tapped();
    const { session, records } = await openGateway({ store: outer.store });
    outer.tap = down;
    expect(await session.kill("console")).toMatchObject({ outcome: "failed" });
    outer.tap = { append: down.append };
    expect(await session.propose(pay("1.00"), caller)).toMatchObject({ code: "KILLED", primary: "kill", seq: null });
    outer.tap = {};
    expect(await session.propose(pay("1.00"), caller)).toMatchObject({ code: "KILLED", seq: 3 });
    expect((await records())[1]).toMatchObject({ type: "killed", body: { signal: "console" } });
  });

  test.each([
    undefined,
    null,
    7,
    {
      get principal() {
        throw new Error("no");
      },
    },
  ])("a caller that is none is nobody", async (nobody) => {
    const { session } = await openGateway();
    const denied = await session.propose(pay("1.00"), nobody as never);
    expect(denied).toMatchObject({ verdict: "deny", code: "PRINCIPAL_MISMATCH", seq: 2 });
  });

  test.each([Number.NaN, 1n, "\ud800", {}])("a principal that no record could hold is nobody", async (principal) => {
    const { session } = await openGateway();
    expect(await session.propose(pay("1.00"), { principal })).toMatchObject({ code: "PRINCIPAL_MISMATCH", seq: 2 });
  });

  test("what is reserved at the envelope's end is reserved until then", async () => {
    const { session, time } = await openGateway();
    time.now = Date.UTC(2024, 1, 15, 21) - 500;
    await session.propose(pay("1.00"), caller);
    expect([...session.state.reservations.values()].map(({ expiresAt }) => expiresAt)).toEqual([time.now + 500]);
  });

  test("an envelope that ends within the second gives no token any more", async () => {
    const validity = { ...(document().validity as object), expiresAt: "2024-02-15T15:00:00.900Z" };
    const { session, time } = await openGateway({ envelope: document({ validity }) });
    time.now = start + 500;
    const late = await session.propose(pay("1.00"), caller);
    expect(late).toMatchObject({ verdict: "deny", code: "ENVELOPE_EXPIRED", primary: "token", seq: 2 });
  });

  test("the caller is the host's word, never the proposal's", async () => {
    const { session } = await openGateway();
    const stranger = await session.propose(pay("1.00", { principal: "agent:s7" }), { principal: "agent:other" });
    expect(stranger).toMatchObject({ verdict: "deny", code: "PRINCIPAL_MISMATCH" });
  });

  test("a proposal that its owner changes while the store is asked is judged as it came", async () => {
    const outer = tapped();
    const { session } = await openGateway({ store: outer.store });
    const bytes = new TextEncoder().encode(pay("1.00"));
    const answer = session.propose(bytes, caller);
    bytes.set(new TextEncoder().encode(pay("9.00")));
    expect(await answer).toMatchObject({ verdict: "allow", fields: { amount: 100 } });
  });

  test("a session that nobody signed gets no authority", async () => {
    await expect(openGateway({ isSigned: false })).rejects.toThrow("without a signature");
  });

  test("a session of another envelope or policy does not open", async () => {
    const first = await openGateway();
    const second = await openGateway({ envelope: document({ id: "env_session_2" }) });
    const settings = { session: first.session.id, store: first.store, clock: () => start, executors };
    expect(await openSession({ ...settings, evaluator: second.evaluator })).toMatchObject({
      ok: false,
      fault: { code: "ENVELOPE_MISMATCH" },
    });
    const changed = { ...first.evaluator, policyDigest: second.evaluator.policyDigest };
    expect(await openSession({ ...settings, evaluator: changed })).toMatchObject({
      ok: false,
      fault: { code: "POLICY_CHANGED" },
    });
    expect(await openSession({ ...settings, session: "nobody", evaluator: first.evaluator })).toMatchObject({
      ok: false,
      fault: { code: "STORE_UNAVAILABLE" },
    });
  });
});

describe("a proposal with an id", () => {
  test("comes again: the same verdict, the same token, and nothing more reserved", async () => {
    const { session, records } = await openGateway();
    const first = await session.propose(pay("5.00", { id: "order-1" }), caller);
    const again = await session.propose(pay("5.00", { id: "order-1" }), caller);
    expect(plain(again)).toEqual(plain(first));
    expect(first.token).toEqual(expect.any(String));
    expect(session.state.sums.of("budgets/spend")).toBe(500);
    expect(await records()).toHaveLength(2);
  });

  test("is its agent's own: nobody else learns or takes it", async () => {
    const { session, records } = await openGateway();
    const other = { principal: "agent:other" };
    await session.propose(pay("5.00", { id: "a" }), other);
    const first = await session.propose(pay("5.00", { id: "a" }), caller);
    expect(first).toMatchObject({ verdict: "allow", seq: 3 });
    const stranger = await session.propose(pay("5.00", { id: "a" }), other);
    expect(stranger).toMatchObject({ verdict: "deny", code: "PRINCIPAL_MISMATCH", token: null, seq: 4 });
    expect((await records())[1]?.body).not.toHaveProperty("proposalId");
  });

  test("has the same token whatever later sessions give their tokens, and none once the session is killed", async () => {
    const { session, reopen } = await openGateway({ tokenSeconds: 60 });
    const first = await session.propose(pay("5.00", { id: "a" }), caller);
    const other = await reopen({ tokenSeconds: 10 });
    expect((await other.propose(pay("5.00", { id: "a" }), caller)).token).toBe(first.token);
    await other.kill("console");
    expect(await session.propose(pay("5.00", { id: "a" }), caller)).toMatchObject({ verdict: "allow", token: null });
  });

  test("is final when denied, also when it would be allowed by now", async () => {
    const { session, time } = await openGateway();
    for (const _ of [1, 2, 3, 4]) await session.propose(pay("5.00"), caller);
    expect((await session.propose(pay("5.00", { id: "late" }), caller)).verdict).toBe("deny");
    time.now += 60_000;
    expect((await session.propose(pay("5.00"), caller)).verdict).toBe("allow");
    expect(await session.propose(pay("5.00", { id: "late" }), caller)).toMatchObject({ verdict: "deny", seq: 6 });
  });

  test("is refused with another hash, and the first one stays as it was", async () => {
    const { session, records } = await openGateway();
    const first = await session.propose(pay("5.00", { id: "order-1" }), caller);
    const other = await session.propose(pay("4.00", { id: "order-1" }), caller);
    expect(other).toMatchObject({
      verdict: "deny",
      code: "PROPOSAL_REPEATED",
      primary: "proposal",
      token: null,
      seq: 3,
    });
    expect((await session.propose(pay("5.00", { id: "order-1" }), caller)).seq).toBe(first.seq);
    expect((await records())[2]?.body).toMatchObject({ verdict: "deny", executed: false });
  });

  test("has no token any more once it has expired, or was redeemed", async () => {
    const { session, time } = await openGateway();
    await session.propose(pay("5.00", { id: "order-1" }), caller);
    time.now += 30_000;
    expect(await session.propose(pay("5.00", { id: "order-1" }), caller)).toMatchObject({
      verdict: "allow",
      token: null,
    });
  });

  test("is decided again while it is held", async () => {
    const effects = { pay: { ...payEffect, approval: { keys: 1, roles: ["risk"] } } };
    const { session, time } = await openGateway({ envelope: document({ effects }) });
    const held = await session.propose(pay("5.00", { id: "order-1" }), caller);
    expect(held).toMatchObject({ verdict: "hold", code: "APPROVAL_REQUIRED", seq: 2 });
    const given = {
      jws: "{}",
      digest: `sha256:${"a".repeat(64)}`,
      kid: "k",
      person: "ada",
      roles: ["risk"],
      decision: "approve" as const,
      bound: "effects/pay/approval",
      proposalHash: held.proposalHash!,
      iat: start / 1000,
      exp: start / 1000 + 60,
    };
    await session.record((at) => ({ type: "approval", at, body: given }));
    time.now += 1;
    const allowed = await session.propose(pay("5.00", { id: "order-1" }), caller);
    expect(allowed).toMatchObject({ verdict: "allow", seq: 4 });
    expect((await session.propose(pay("5.00", { id: "order-1" }), caller)).seq).toBe(4);
  });
});

describe("an engine that cannot be trusted", () => {
  test("allows nothing that the ledger does not take: no allow is recorded in a killed session, and none leaves", async () => {
    const gateway = await openGateway();
    const allow = await gateway.session.propose(pay("1.00"), caller);
    const lying = { ...gateway.evaluator, decideReported: () => ({ verdict: { ...allow } }) };
    const session = await gateway.reopen({ evaluator: lying });
    await session.kill("console");
    const denied = await session.propose(pay("1.00"), caller);
    expect(denied).toMatchObject({ verdict: "deny", code: "STORE_UNAVAILABLE", seq: null, token: null });
    expect((await gateway.records()).map(({ type }) => type)).toEqual(["activated", "decided", "killed"]);
  });

  test("is a deny with an incident; a disagreement freezes the session", async () => {
    const gateway = await openGateway();
    const { evaluator } = gateway;
    const report = {
      code: "ENGINE_DISAGREEMENT",
      message: "engines disagree",
      envelopeDigest: "",
      request: null,
      outcomes: [],
    } as const;
    const violation = { id: "engine", code: "ENGINE_DISAGREEMENT", pointer: "", message: "engines disagree" } as const;
    const lying = {
      ...evaluator,
      decideReported: (...args: Parameters<typeof evaluator.decideReported>) => {
        const { verdict } = evaluator.decideReported(...args);
        return {
          verdict: {
            ...verdict,
            verdict: "deny" as const,
            code: violation.code,
            primary: "engine",
            violations: [violation],
          },
          report,
        };
      },
    };
    const session = await gateway.reopen({ evaluator: lying });
    expect(await session.propose(pay("1.00"), caller)).toMatchObject({ verdict: "deny", seq: 2 });
    expect((await gateway.records())[2]).toMatchObject({
      type: "incident",
      body: { code: "ENGINE_DISAGREEMENT", freezes: true, about: 2 },
    });
    expect(await gateway.session.propose(pay("1.00"), caller)).toMatchObject({
      verdict: "deny",
      code: "SESSION_NOT_ACTIVE",
    });
  });
});
