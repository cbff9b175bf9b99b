/** How sessions end: stopped by their witness, checked, closed as the worst of what happened. */
import { describe, expect, test } from "vitest";
import { memoryStore } from "../../../runtime/ledger/store/memory.ts";
import type { Store } from "../../../runtime/ledger/store/store.ts";
import type { Verifiers } from "../../../runtime/session/ending/verifiers.ts";
import type { Session } from "../../../runtime/session/session.ts";
import type { SessionOptions } from "../../../runtime/session/settings.ts";
import { sha256 } from "../../../schema/json/canonical.ts";
import { recordedResumption } from "../../people/recorded-keys.ts";
import { caller, document, type Gateway, openGateway, pay, start } from "../gateway.ts";

const checks = [
  { id: "flat", check: "no_open_positions_at_session_end", critical: true },
  { id: "tidy", check: "no_open_orders", critical: false },
  { id: "settled", check: "no_unsettled_effects", critical: true },
];
const fine: Verifiers = { no_open_positions_at_session_end: () => true, no_open_orders: () => true };
const envelope = document({ postconditions: checks });

const open = (more: Partial<SessionOptions> & { envelope?: typeof envelope } = {}): Promise<Gateway> =>
  openGateway({ envelope, verifiers: fine, ...more });

/** The number and token of an allow. */
async function allowed(session: Session, amount = "1.00") {
  const { seq, token } = await session.propose(pay(amount), caller);
  const jti = JSON.parse(atob(token!.split(".")[1]!.replaceAll("-", "+").replaceAll("_", "/"))).jti as string;
  return { seq: seq!, jti };
}

async function redeemed(session: Session, amount = "1.00") {
  const { seq, jti } = await allowed(session, amount);
  expect(await session.redeem(seq, jti)).toMatchObject({ outcome: "appended" });
  return { seq, jti };
}

async function paid(session: Session, amount = "1.00") {
  const { seq, jti } = await redeemed(session, amount);
  await session.settle(seq, jti, { outcome: "executed", result: { id: `p-${seq}` } });
  return seq;
}

const typesOf = async ({ records }: Gateway) => (await records()).map(({ type }) => type);
const bodiesOf = async ({ records }: Gateway, type: string) =>
  (await records()).filter((record) => record.type === type).map(({ body }) => body);

describe("a session is not closed", () => {
  test("while an effect is in flight: it goes on, and says until when", async () => {
    const gateway = await open();
    const { seq, jti } = await redeemed(gateway.session);
    expect(await gateway.session.close()).toEqual({ outcome: "in_flight", effects: [seq], until: start + 60_000 });
    expect(gateway.session.state.phase).toBe("active");
    await gateway.session.settle(seq, jti, { outcome: "executed", result: { id: "p" } });
    expect(await gateway.session.close()).toEqual({ outcome: "closed", as: "completed" });
  });

  test("by an order that is none of this session, which stops nothing either", async () => {
    const gateway = await open();
    expect(await gateway.session.close({ text: "{}" })).toMatchObject({ outcome: "refused" });
    expect(await typesOf(gateway)).toEqual(["activated"]);
  });

  test("while the store is away", async () => {
    let isAway = false;
    const below = memoryStore();
    const store: Store = { ...below, append: (...asked) => (isAway ? failing() : below.append(...asked)) };
    const failing = async () => ({ outcome: "failed", fault: { code: "STORE_UNAVAILABLE", message: "away" } }) as const;
    const gateway = await open({ store });
    isAway = true;
    expect(await gateway.session.close()).toMatchObject({ outcome: "failed" });
    isAway = false;
    expect(await gateway.session.close()).toMatchObject({ outcome: "closed" });
  });
});

describe("a verifier fails that", () => {
  const never = new Promise<boolean>(() => undefined);
  test.each<readonly [what: string, verifiers: Verifiers]>([
    ["says no", { ...fine, no_open_positions_at_session_end: () => false }],
    ["says no, and why", { ...fine, no_open_positions_at_session_end: () => ({ holds: false, message: "two open" }) }],
    ["throws", { ...fine, no_open_orders: () => JSON.parse("") }],
    ["rejects", { ...fine, no_open_orders: () => Promise.reject(new Error("gone")) }],
    ["hangs", { ...fine, no_open_orders: () => never }],
    ["answers nonsense", { ...fine, no_open_orders: (() => "yes") as unknown as () => boolean }],
    ["answers nothing", { ...fine, no_open_orders: (() => undefined) as unknown as () => boolean }],
    ["is not registered", { no_open_positions_at_session_end: () => true }],
    ["only an object's prototype has", Object.create({ ...fine })],
  ])("%s", async (_, verifiers) => {
    const gateway = await open({ verifiers, verifySeconds: 1 });
    expect(await gateway.session.close()).toEqual({ outcome: "closed", as: "faulted" });
    const failed = (await bodiesOf(gateway, "postcondition")).filter((body) => "holds" in body && !body.holds);
    expect(failed.length).toBeGreaterThan(0);
    for (const body of failed) expect(body).toMatchObject({ critical: true });
  });

  test("is a warning where the check is one, and was made", async () => {
    const gateway = await open({ verifiers: { ...fine, no_open_orders: () => ({ holds: false, message: "one" }) } });
    expect(await gateway.session.close()).toEqual({ outcome: "closed", as: "completed_with_warnings" });
    expect(await bodiesOf(gateway, "postcondition")).toContainEqual({
      id: "tidy",
      holds: false,
      critical: false,
      message: "one",
    });
  });

  test("in the place of what the ledger tells is refused", async () => {
    const { reopen } = await open();
    await expect(reopen({ verifiers: { no_unsettled_effects: () => true } })).rejects.toThrow(TypeError);
    await expect(reopen({ verifiers: { other: 1 as unknown as () => boolean } })).rejects.toThrow(TypeError);
  });
});

describe("a session ends as", () => {
  test("completed, with every verifier told what happened", async () => {
    let told: unknown;
    const gateway = await open({
      verifiers: {
        ...fine,
        no_open_orders(context) {
          told = context;
          return true;
        },
      },
    });
    const seq = await paid(gateway.session);
    expect(await gateway.session.close()).toEqual({ outcome: "closed", as: "completed" });
    expect(told).toMatchObject({
      session: gateway.session.id,
      envelope: { id: "env_session_1" },
      state: { phase: "witness", sums: { "budgets/spend": { "": 100 } } },
      effects: [{ seq, effect: "pay", outcome: "executed", results: { payment: `p-${seq}` } }],
    });
    expect((await typesOf(gateway)).slice(-5)).toEqual([
      "witness",
      "postcondition",
      "postcondition",
      "postcondition",
      "closed",
    ]);
  });

  test("quarantined, where nobody has said in time how an effect ended", async () => {
    const gateway = await open();
    await redeemed(gateway.session);
    gateway.time.now = start + 60_000;
    expect(await gateway.session.close()).toEqual({ outcome: "closed", as: "quarantined" });
    expect(await bodiesOf(gateway, "postcondition")).toContainEqual(
      expect.objectContaining({ id: "settled", holds: false }),
    );
  });

  test("quarantined, where an executor does not know how an effect ended", async () => {
    const gateway = await open();
    const { seq, jti } = await redeemed(gateway.session);
    await gateway.session.settle(seq, jti, { outcome: "unknown" });
    expect(await gateway.session.close()).toEqual({ outcome: "closed", as: "quarantined" });
  });

  test("no longer quarantined, where people have resumed after it", async () => {
    const gateway = await open({ envelope: document({ postconditions: checks.slice(0, 2) }) });
    await redeemed(gateway.session);
    gateway.time.now = start + 60_000;
    await gateway.session.endOverdue();
    expect(gateway.session.state.phase).toBe("frozen");
    const body = recordedResumption(gateway.session.state.end, gateway.time.now);
    await gateway.session.record((at) => ({ type: "resumed", at, body }));
    expect(await gateway.session.close()).toEqual({ outcome: "closed", as: "completed" });
  });

  test("quarantined, where it is frozen and nobody has resumed it", async () => {
    const gateway = await open();
    const body = { code: "X", message: "x", freezes: true };
    await gateway.session.record((at) => ({ type: "incident", at, body }));
    expect(await gateway.session.close()).toEqual({ outcome: "closed", as: "quarantined" });
  });

  test("quarantined, where a breaker has frozen it and nobody has resumed it", async () => {
    const gateway = await open();
    await gateway.session.record((at) => ({ type: "halted", at, body: { breaker: "b", action: "freeze" } }));
    expect(await gateway.session.close()).toEqual({ outcome: "closed", as: "quarantined" });
  });

  test("with a warning, where a breaker has halted it and nobody has resumed it", async () => {
    const gateway = await open();
    await gateway.session.record((at) => ({ type: "halted", at, body: { breaker: "b", action: "halt" } }));
    expect(await gateway.session.close()).toEqual({ outcome: "closed", as: "completed_with_warnings" });
  });

  test("killed, whatever else, also where the kill comes between witness and close; its postconditions are checked", async () => {
    const gateway = await open();
    await gateway.session.kill("stop");
    expect(await gateway.session.close()).toEqual({ outcome: "closed", as: "killed" });
    expect(await bodiesOf(gateway, "postcondition")).toHaveLength(3);
    const late = await open({
      verifiers: { ...fine, no_open_orders: async () => (await late.session.kill("late")).outcome === "appended" },
    });
    expect(await late.session.close()).toEqual({ outcome: "closed", as: "killed" });
  });
});

describe("once its end has begun", () => {
  test("nothing is allowed, redeemed or resumed, and nothing follows the close", async () => {
    const gateway = await open({
      verifiers: {
        ...fine,
        async no_open_orders() {
          expect((await gateway.session.propose(pay("1.00"), caller)).verdict).toBe("deny");
          expect(await gateway.session.redeem(seq, jti)).toMatchObject({ problem: { code: "SESSION_NOT_ACTIVE" } });
          const resumed = await gateway.session.record((at) => ({ type: "resumed", at, body: { approvals: ["{}"] } }));
          expect(resumed).toMatchObject({ outcome: "refused" });
          return true;
        },
      },
    });
    const { seq, jti } = await allowed(gateway.session);
    expect(await gateway.session.close()).toEqual({ outcome: "closed", as: "completed" });
    expect(await gateway.session.propose(pay("1.00"), caller)).toMatchObject({ verdict: "deny", seq: null });
    expect(await gateway.session.kill("x")).toMatchObject({ problem: { code: "SESSION_NOT_ACTIVE" } });
    expect(await gateway.session.close()).toEqual({ outcome: "closed", as: "completed" });
    expect((await typesOf(gateway)).filter((type) => type === "closed")).toHaveLength(1);
  });

  test("its witness says what was attempted, changed and left open, with digests", async () => {
    const gateway = await open();
    const done = await paid(gateway.session);
    const { seq: left } = await allowed(gateway.session, "2.00");
    const { seq: denied } = await gateway.session.propose(pay("5.01"), caller);
    const undone = await redeemed(gateway.session, "3.00");
    await gateway.session.settle(undone.seq, undone.jti, { outcome: "not_executed" });
    const before = (await gateway.records()).at(-1)!;
    await gateway.session.close();
    const [witness] = (await gateway.records()).filter(({ type }) => type === "witness");
    const body = witness!.body as { attempted: { seq: number }[]; changed: object[]; deferred: { seq: number }[] };
    expect(body.attempted.map(({ seq }) => seq)).toEqual([done, left, denied, undone.seq]);
    const resultDigest = sha256(JSON.stringify({ id: `p-${done}` }));
    expect(body.changed).toEqual([expect.objectContaining({ seq: done, effect: "pay", resultDigest })]);
    expect(body.deferred.map(({ seq }) => seq)).toEqual([left]);
    expect(witness!.body).toMatchObject({ head: before.hash, policyDigest: gateway.evaluator.policyDigest });
  });
});

describe("a close that is cut short", () => {
  /** Everything that it appends, counted: after so many, the process is gone. */
  const dying = (below: Store, most: number): Store => {
    let left = most;
    return {
      ...below,
      async append(...asked) {
        left -= 1;
        if (left < 0)
          return { outcome: "failed", fault: { code: "STORE_UNAVAILABLE", message: "the process is gone" } };
        return below.append(...asked);
      },
    };
  };

  test.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])(
    "after %i records is finished by another process, each step once",
    async (most) => {
      const below = memoryStore();
      let runs = 0;
      const counted: Verifiers = { ...fine, no_open_orders: () => ++runs > 0 };
      const gateway = await open({ store: below, verifiers: counted });
      await redeemed(gateway.session);
      await allowed(gateway.session);
      gateway.time.now = start + 60_000;
      const first = await gateway.reopen({ store: dying(below, most) });
      await first.close();
      const second = await gateway.reopen();
      expect(await second.close()).toEqual({ outcome: "closed", as: "quarantined" });
      const types = await typesOf(gateway);
      expect(types.filter((type) => type === "postcondition")).toHaveLength(3);
      const witnesses = await bodiesOf(gateway, "witness");
      expect(witnesses.filter((body) => !("incident" in body))).toHaveLength(1);
      expect(witnesses.filter((body) => "incident" in body)).toHaveLength(1);
      expect(types.filter((type) => type === "closed")).toHaveLength(1);
      expect(runs).toBeLessThanOrEqual(2);
    },
  );

  test("by nobody: several processes at once make each step once", async () => {
    const gateway = await open();
    await paid(gateway.session);
    const sessions = await Promise.all([1, 2, 3, 4].map(() => gateway.reopen()));
    const closings = await Promise.all(sessions.map((session) => session.close()));
    expect(closings).toEqual(sessions.map(() => ({ outcome: "closed", as: "completed" })));
    const types = await typesOf(gateway);
    expect(types.filter((type) => ["witness", "postcondition", "closed"].includes(type))).toHaveLength(5);
  });
});
