/** The signal: it is looked for before every decision, every redemption and every effect, and whatever is wrong with it is a kill. */
import { describe, expect, test } from "vitest";
import { signOrder } from "../../runtime/people/sign.ts";
import { keyPair } from "../authority/key-pairs.ts";
import { orderPayload } from "../people/orders.ts";
import { caller, openGateway, pay } from "../session/gateway.ts";
import { openBank } from "./bank.ts";

const name = "kill/env_session_1";
const killed = { outcome: "denied", denial: { code: "KILLED" } };
const ann = await keyPair("ann");
const typesOf = (records: readonly { readonly type: string }[]) => records.map(({ type }) => type);

describe("a signal", () => {
  test.each([
    ["that is given", () => true],
    ["that cannot be looked for", () => raise()],
    ["that nobody says is not given", () => undefined as never],
  ])("%s kills before the first decision, and is recorded with its name", async (_, signals) => {
    const { session, records } = await openGateway({ signals });
    expect(await session.propose(pay("1.00"), caller)).toMatchObject({ verdict: "deny", code: "KILLED" });
    expect((await records()).slice(1)).toMatchObject([{ type: "killed", body: { signal: name } }, { type: "decided" }]);
  });

  test("is asked for by the name that the envelope says, and lets pass while it is not given", async () => {
    const asked = new Set<string>();
    const signals = (signal: string) => {
      asked.add(signal);
      return false;
    };
    const { session } = await openGateway({ signals });
    expect(await session.propose(pay("1.00"), caller)).toMatchObject({ verdict: "allow" });
    expect([...asked]).toEqual([name]);
  });

  test("comes before a clock that is wrong, and before a proposal that is known", async () => {
    let given = false;
    const { session, time } = await openGateway({ signals: () => given });
    await session.propose(pay("1.00", { id: "one" }), caller);
    time.now -= 1;
    given = true;
    const again = await session.propose(pay("1.00", { id: "one" }), caller);
    expect(session.state.killed).toBe(true);
    expect(again).toMatchObject({ verdict: "deny", code: "KILLED" });
  });

  test("keeps a token that was given before from being redeemed", async () => {
    let given = false;
    const { gateway, allowed, redeem, paid } = await openBank({ signals: () => given });
    const token = await allowed();
    given = true;
    expect(await redeem(token)).toMatchObject(killed);
    expect(paid()).toBe(0);
    expect(typesOf(await gateway.records())).toEqual(["activated", "decided", "killed", "decided"]);
  });

  test("between redemption and effect keeps the effect from beginning, and the call is settled as not executed", async () => {
    let looks = 0;
    let isRedeeming = false;
    // The redemption looks twice; the third look is the one before the effect.
    const signals = () => {
      looks += isRedeeming ? 1 : 0;
      return looks === 3;
    };
    const { gateway, allowed, redeem, paid } = await openBank({ signals });
    const token = await allowed();
    isRedeeming = true;
    expect(await redeem(token)).toMatchObject(killed);
    expect(paid()).toBe(0);
    const records = await gateway.records();
    expect(typesOf(records).toSorted()).toEqual(["activated", "consumed", "decided", "decided", "killed", "settled"]);
    expect(records.find(({ type }) => type === "settled")?.body).toMatchObject({ outcome: "not_executed" });
  });

  test("is recorded once, however often it is seen", async () => {
    const { session, records } = await openGateway({ signals: () => true });
    for (let i = 0; i < 3; i++) await session.propose(pay("1.00"), caller);
    expect(typesOf(await records())).toEqual(["activated", "killed", "decided", "decided", "decided"]);
  });
});

describe("a person's order", () => {
  const orderFor = (session: { readonly id: string }, envelope: string) =>
    signOrder(ann.signer, orderPayload({ session: session.id, envelope }));

  test("stands in the record of the kill", async () => {
    const { session, evaluator, records } = await openGateway();
    const text = await orderFor(session, evaluator.envelopeDigest);
    expect(await session.kill("console", { text })).toMatchObject({ outcome: "appended" });
    expect((await records())[1]?.body).toEqual({ signal: "console", by: text });
  });

  test.each(["nonsense", undefined])("that no record can hold is a kill all the same: %s", async (given) => {
    const { session, evaluator, records } = await openGateway();
    const text = given ?? (await orderFor({ id: "another" }, evaluator.envelopeDigest));
    expect(await session.kill("console", { text })).toMatchObject({ outcome: "appended" });
    expect((await records())[1]?.body).toEqual({ signal: "console" });
    expect(session.state.killed).toBe(true);
  });

  test("is carried out once", async () => {
    const { session, evaluator } = await openGateway();
    const text = await orderFor(session, evaluator.envelopeDigest);
    await session.kill("console", { text });
    expect(await session.kill("console", { text })).toMatchObject({ problem: { code: "ORDER_REPEATED" } });
  });

  test("to close kills nobody by itself", async () => {
    const { session, evaluator, records } = await openGateway();
    const rest = { order: "close", session: session.id, envelope: evaluator.envelopeDigest };
    const text = await signOrder(ann.signer, orderPayload(rest));
    await session.kill("console", { text });
    expect((await records())[1]?.body).toEqual({ signal: "console" });
  });
});

function raise(): never {
  throw new Error("the folder cannot be read");
}
