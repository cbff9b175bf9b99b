import { expect, test } from "vitest";
import { compile } from "../../compiler/compile.ts";
import { openSession } from "../../runtime/session/session.ts";
import { caller, document, host, payEffect } from "../session/gateway.ts";
import { openBank, payment } from "./bank.ts";

test("T4: a running session takes neither another envelope nor another policy", async () => {
  const { gateway } = await openBank();
  const { session, store, evaluator } = gateway;
  const clock = () => gateway.time.now;
  const effects = { pay: { ...payEffect, perCall: { amount: { max: "5000.00" } } } };
  const { artefacts } = compile(new TextEncoder().encode(JSON.stringify(document({ effects }))));
  const wider = host.load(artefacts!);
  expect(await openSession({ store, session: session.id, evaluator: wider, clock })).toMatchObject({ ok: false });
  const other = { ...evaluator, policyDigest: `sha256:${"0".repeat(64)}` };
  expect(await openSession({ store, session: session.id, evaluator: other, clock })).toMatchObject({
    ok: false,
    fault: { code: "POLICY_CHANGED" },
  });
});

test("T4: an agent's call to change its envelope, its breakers or its gateway is denied, and on record", async () => {
  const { attempt, done, gateway } = await openBank();
  for (const tool of ["envelope.extend", "gateway.restart", "breaker.reset", "ledger.append"])
    expect(await attempt({ tool, args: {} })).toBe("deny CAPABILITY_NOT_GRANTED");
  expect(await attempt({ ...payment("alice", "6.00"), envelope: { perCall: { amount: { max: "9.00" } } } })).toBe(
    "deny CAP_EXCEEDED",
  );
  expect(done).toEqual([]);
  const records = await gateway.records();
  const denied = records.flatMap(({ type, body }) => (type === "decided" ? [body] : []));
  expect(denied.every(({ verdict, executed }) => verdict === "deny" && !executed)).toBe(true);
  expect(denied.length).toBeGreaterThanOrEqual(5);
});

test("T4: nothing that a session hands out lets its holder change it", async () => {
  const { gateway, attempt } = await openBank();
  const verdict = await gateway.session.propose(JSON.stringify(payment("alice", "1.00")), caller);
  Reflect.set(verdict.request ?? {}, "now", 0);
  Reflect.set(gateway.session.evaluator.envelope.effects.pay?.perCall?.amount ?? {}, "max", "9999.00");
  expect(await attempt(payment("alice", "6.00"))).toBe("deny CAP_EXCEEDED");
});
