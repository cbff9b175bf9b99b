/** What others append while a signer or a verification is waited for, and a watcher takes in, is judged with: nothing stands on an older state. */
import { expect, test } from "vitest";
import { memoryStore } from "../../runtime/ledger/store/memory.ts";
import type { Store } from "../../runtime/ledger/store/store.ts";
import type { Wake } from "../../runtime/session/kill/watch.ts";
import type { Session } from "../../runtime/session/session.ts";
import { breaker, openDesk, people, refused, resumes } from "../breakers/desk.ts";
import { audience, caller, document, issuer, openGateway, pay, signers } from "./gateway.ts";

/** A signer that waits until it is released. */
function slowSigner() {
  const { promise: isAsked, resolve: asked } = Promise.withResolvers<void>();
  const { promise: mayGo, resolve: release } = Promise.withResolvers<void>();
  const sign = async (message: Uint8Array) => {
    asked();
    await mayGo;
    return signers.gateway.sign(message);
  };
  return { isAsked, release, authority: { signer: { ...signers.gateway, sign }, issuer, audience } };
}

function wakeOf(session: Session): Wake {
  const wakes: Wake[] = [];
  session.watch((_, wake) => {
    wakes.push(wake);
    return () => undefined;
  });
  const [wake] = wakes;
  if (wake === undefined) throw new Error("the watcher was not asked");
  return wake;
}

const spend = { max: "5.00", unit: "USD" };
const tight = document({ budgets: { actions: { max: 1000 }, externalCalls: { max: 1000 }, spend } });

test("a budget that another process has used up while the signer was waited for is not spent again", async () => {
  const gateway = await openGateway({ envelope: tight });
  const { isAsked, release, authority } = slowSigner();
  const slow = await gateway.reopen({ authority });
  const wake = wakeOf(slow);
  const asked = slow.propose(pay("5.00"), caller);
  await isAsked;
  expect(await gateway.session.propose(pay("5.00"), caller)).toMatchObject({ verdict: "allow", seq: 2 });
  wake.ledger();
  await expect.poll(() => slow.state.end.head.seq).toBe(2);
  release();
  expect(await asked).toMatchObject({ verdict: "deny", code: "BUDGET_EXCEEDED", token: null });
});

test("a kill that is given while the signer is waited for, and cannot be written at once, denies what was signed", async () => {
  const inner = memoryStore();
  let isDown = false;
  const store: Store = {
    ...inner,
    append: (...given) =>
      isDown
        ? Promise.resolve({ outcome: "failed", fault: { code: "STORE_UNAVAILABLE", message: "the plug is out" } })
        : inner.append(...given),
  };
  const { isAsked, release, authority } = slowSigner();
  const { session } = await openGateway({ store, authority });
  const asked = session.propose(pay("1.00"), caller);
  await isAsked;
  isDown = true;
  expect(await session.kill("stop")).toMatchObject({ outcome: "failed" });
  isDown = false;
  release();
  expect(await asked).toMatchObject({ verdict: "deny", code: "KILLED", token: null });
  expect(session.state.killed).toBe(true);
});

test("an incident that comes while one operator's key is verified is not resumed after by that one key", async () => {
  const desk = await openDesk([breaker("denial_streak", { atLeast: 1 })]);
  await desk.session.propose(refused, caller);
  const other = await desk.gateway.reopen();
  const wake = wakeOf(desk.session);
  const { promise: isFrozen, resolve: frozen } = Promise.withResolvers<void>();
  // The registry is asked for the key in the midst of the verification.
  const ring = {
    ...people.ring,
    find(kid: string) {
      const { state } = desk.session;
      if (state.phase === "active") frozen();
      return people.ring.find(kid);
    },
  };
  const given = await resumes(desk, "olga", "operator");
  const answer = desk.session.resume([given], { ...people, ring });
  await isFrozen;
  const body = { code: "EFFECT_OUTSIDE_SET", message: "somebody else paid", freezes: true };
  await other.record((at) => ({ type: "incident", at, body }));
  wake.ledger();
  expect(await answer).toMatchObject({ outcome: "refused", code: "TWO_KEYS_REQUIRED" });
  expect(await desk.of("resumed")).toEqual([]);
});
