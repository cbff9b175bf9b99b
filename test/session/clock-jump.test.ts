/** A clock that jumps far ahead, once, takes no session with it: a time beyond the envelope's end is believed, and not recorded. */
import { describe, expect, test } from "vitest";
import { guard } from "../../runtime/guard/guard.ts";
import type { ApprovalGiven } from "../../schema/ledger.ts";
import { audience, caller, document, issuer, keys, openGateway, pay, start } from "./gateway.ts";

const hour = 3_600_000;
const end = Date.UTC(2024, 1, 15, 21);
const years = Date.UTC(2030, 0, 1);
/** As long as an effect that was redeemed at the very end may take. */
const settleMs = 60_000;

const tools = { "bank.pay": () => ({ result: { id: "p-1" } }) };

async function opened() {
  const gateway = await openGateway();
  const clock = () => gateway.time.now;
  return { ...gateway, guard: guard({ session: gateway.session, keys, issuer, audience, clock, tools }) };
}

const lastAt = async ({ records }: Pick<Awaited<ReturnType<typeof opened>>, "records">) => (await records()).at(-1)?.at;

describe("a clock that shows 2030 once", () => {
  test("denies as the envelope does, under the last time, and the session goes on when the clock is right again", async () => {
    const gateway = await opened();
    const { session, time } = gateway;
    time.now = years;
    expect(await session.propose(pay("1.00"), caller)).toMatchObject({
      verdict: "deny",
      code: "ENVELOPE_EXPIRED",
      primary: "validity/expires_at",
      violations: [{ pointer: "/validity/expires_at" }],
      seq: 2,
      token: null,
    });
    expect(await lastAt(gateway)).toBe(start);
    time.now = start + 1;
    expect(await session.propose(pay("1.00"), caller)).toMatchObject({ verdict: "allow", seq: 3 });
  });

  test("redeems nothing, and burns no token", async () => {
    const { session, guard: door, time, records } = await opened();
    const { token } = await session.propose(pay("1.00"), caller);
    time.now = years;
    expect(await door.redeem(token, pay("1.00"))).toMatchObject({ outcome: "denied" });
    expect(await session.redeem(2, "")).toMatchObject({ outcome: "refused", problem: { code: "TOKEN_LIFETIME" } });
    time.now = start + 1;
    expect(await door.redeem(token, pay("1.00"))).toMatchObject({ outcome: "executed" });
    expect((await records()).every(({ at }) => at <= start + 1)).toBe(true);
  });

  test("while a tool runs: what it did is settled, under the last time", async () => {
    const gateway = await openGateway();
    const clock = () => gateway.time.now;
    const slow = {
      "bank.pay": () => {
        gateway.time.now = years;
        return { result: { id: "p-1" } };
      },
    };
    const door = guard({ session: gateway.session, keys, issuer, audience, clock, tools: slow });
    const { token } = await gateway.session.propose(pay("1.00"), caller);
    expect(await door.redeem(token, pay("1.00"))).toMatchObject({ outcome: "executed" });
    expect(await lastAt(gateway)).toBe(start);
  });

  test("records no evidence, no denial of the guard, no kill under that time", async () => {
    const gateway = await opened();
    gateway.time.now = years;
    expect(await gateway.session.evidence("perimeter", start)).toMatchObject({
      outcome: "refused",
      problem: { code: "CLOCK_REGRESSION", seq: 2 },
    });
    expect(await gateway.guard.redeem("junk", pay("1.00"))).toMatchObject({ outcome: "denied", denial: { seq: 2 } });
    await gateway.session.kill("stop");
    expect((await gateway.records()).map(({ at }) => at)).toEqual([start, start, start]);
  });

  test("records what people say: they may look at a session long after its end", async () => {
    const gateway = await opened();
    gateway.time.now = years;
    const given: ApprovalGiven = {
      jws: "{}",
      digest: `sha256:${"0".repeat(64)}`,
      kid: "ann-1",
      person: "Ann",
      roles: ["risk"],
      decision: "approve",
      transition: "resume",
      iat: years / 1000,
      exp: years / 1000 + 60,
    };
    const recorded = await gateway.session.record((at) => ({ type: "approval", at, body: given }));
    expect(recorded).toMatchObject({ outcome: "appended", record: { at: years } });
  });
});

describe("the horizon", () => {
  test("is where the last effect has ended: up to it everything is recorded, beyond it nothing", async () => {
    const gateway = await opened();
    gateway.time.now = end + settleMs;
    await gateway.session.propose(pay("1.00"), caller);
    expect(await lastAt(gateway)).toBe(end + settleMs);
    const other = await opened();
    other.time.now = end + settleMs + 1;
    await other.session.propose(pay("1.00"), caller);
    expect(await lastAt(other)).toBe(start);
  });

  test("follows the longer of the two waits, and the earlier of the two ends", async () => {
    const envelope = document({
      validity: { notBefore: "2024-02-15T14:00:00Z", expiresAt: "2024-02-15T21:00:00Z", maxDurationSeconds: 3600 },
    });
    const gateway = await openGateway({ envelope, tokenSeconds: 90, settleSeconds: 60 });
    gateway.time.now = start + hour + 90_000;
    await gateway.session.propose(pay("1.00"), caller);
    expect(await lastAt(gateway)).toBe(start + hour + 90_000);
    const other = await openGateway({ envelope, tokenSeconds: 90, settleSeconds: 60 });
    other.time.now = start + hour + 90_001;
    expect(await other.session.propose(pay("1.00"), caller)).toMatchObject({
      code: "ENVELOPE_EXPIRED",
      primary: "validity/duration",
    });
    expect(await lastAt(other)).toBe(start);
  });
});

describe("what is overdue when somebody comes back after years", () => {
  test("ends when it became overdue", async () => {
    const { session, time, records } = await opened();
    const { seq } = await session.propose(pay("1.00"), caller);
    const { seq: second } = await session.propose(pay("2.00"), caller);
    const jti = session.state.reservations.get(second ?? 0)?.jti ?? "";
    await session.redeem(second ?? 0, jti);
    time.now = years;
    expect(await session.endOverdue()).toEqual({ outcome: "ended", count: 3 });
    expect((await records()).slice(4).map(({ type, at }) => [type, at])).toEqual([
      ["released", start + 30_000],
      ["incident", start + settleMs],
      ["settled", start + settleMs],
      ["witness", start + settleMs],
    ]);
    expect(seq).toBe(2);
    expect(session.state.phase).toBe("frozen");
  });
});
