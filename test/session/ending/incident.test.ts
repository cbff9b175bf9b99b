/** What freezes a session is recorded with a snapshot of what it had come to, and followed by a witness; the session stays frozen. */
import { describe, expect, test } from "vitest";
import { stateAfterFirst } from "../../../runtime/ledger/state.ts";
import { entriesInPart, partsOf } from "../../../runtime/ledger/witness/parts.ts";
import { documented, stateDigest, stateDocument } from "../../../runtime/ledger/witness/state-document.ts";
import { sha256 } from "../../../schema/json/canonical.ts";
import { caller, openGateway, pay, start } from "../gateway.ts";

const freeze = (at: number, code = "X") =>
  ({ type: "incident", at, body: { code, message: "x", freezes: true } }) as const;

test("every member of the state is in its document, or follows from the others, or is the place in the chain", () => {
  const head = { seq: 1, hash: "0".repeat(64) };
  const state = stateAfterFirst({ session: "s", envelope: "e", head, at: 0 }, "p", 0);
  const left = Object.keys(state).filter((name) => !documented.some((each) => each === name));
  expect(left.sort()).toEqual(["approvalAt", "end", "shortestLife"]);
});

describe("a freezing incident", () => {
  test("has the snapshot of what stood before it, and its witness follows", async () => {
    const gateway = await openGateway();
    const { seq } = await gateway.session.propose(pay("1.00"), caller);
    const digest = stateDigest(gateway.session.state);
    await gateway.session.record(freeze);
    const [before, incident, witness, ...others] = (await gateway.records()).slice(1);
    expect(others).toEqual([]);
    expect(incident!.body).toMatchObject({
      snapshot: { head: before!.hash, state: digest, policy: gateway.evaluator.policyDigest },
    });
    expect(witness).toMatchObject({ type: "witness", body: { incident: incident!.seq, head: incident!.hash } });
    expect(witness!.body).toMatchObject({ attempted: [{ seq, effect: "pay" }], changed: [], deferred: [{ seq }] });
    expect(gateway.session.state.phase).toBe("frozen");
    expect((await gateway.session.propose(pay("1.00"), caller)).verdict).toBe("deny");
  });

  test("has another one only after people have resumed the session", async () => {
    const gateway = await openGateway();
    await gateway.session.record(freeze);
    await gateway.session.record((at) => freeze(at, "Y"));
    const witnesses = async () => (await gateway.records()).filter(({ type }) => type === "witness").length;
    expect(await witnesses()).toBe(1);
    await gateway.session.record((at) => ({ type: "resumed", at, body: { approvals: ["{}"] } }));
    await gateway.session.record((at) => freeze(at, "Z"));
    expect(await witnesses()).toBe(2);
  });

  test("whose process ended before the witness was written gets it from the next one", async () => {
    const gateway = await openGateway();
    const { store } = gateway;
    let isGone = false;
    const dying = {
      ...store,
      append: (...asked: Parameters<typeof store.append>) =>
        isGone
          ? Promise.resolve({ outcome: "failed", fault: { code: "STORE_UNAVAILABLE", message: "gone" } } as const)
          : store.append(...asked).finally(() => {
              isGone = true;
            }),
    };
    const first = await gateway.reopen({ store: dying });
    await first.record(freeze);
    expect((await gateway.records()).at(-1)!.type).toBe("incident");
    const second = await gateway.reopen();
    await second.propose(pay("1.00"), caller);
    expect((await gateway.records()).map(({ type }) => type)).toContain("witness");
  });

  test("that does not freeze has none", async () => {
    const gateway = await openGateway();
    await gateway.session.record((at) => ({ type: "incident", at, body: { code: "X", message: "", freezes: false } }));
    expect((await gateway.records()).map(({ type, body }) => [type, "snapshot" in body]).slice(1)).toEqual([
      ["incident", false],
    ]);
  });
});

test("the document of a state does not depend on the order in which sets were filled", async () => {
  const gateway = await openGateway();
  const { state } = gateway.session;
  state.usedOrders.add("b").add("a");
  const one = stateDigest(state);
  state.usedOrders.clear();
  state.usedOrders.add("a").add("b");
  expect(stateDigest(state)).toBe(one);
  expect(stateDocument(state)).toMatchObject({ usedOrders: ["a", "b"], activatedAt: start });
});

describe("a long witness", () => {
  const entry = (seq: number) => ({
    seq: Number.MAX_SAFE_INTEGER - seq,
    proposalHash: sha256("p"),
    effect: "e".repeat(64),
    resultDigest: sha256("r"),
  });

  test("is cut so that each part fits into a record, and loses nothing", () => {
    const attempted = Array.from({ length: 2 * entriesInPart + 1 }, (_, i) => entry(i));
    const parts = partsOf({ attempted, changed: [entry(0)], deferred: [entry(1)] });
    expect(parts).toHaveLength(3);
    for (const part of parts) expect(JSON.stringify(part).length).toBeLessThan(4_194_304 - 10_000);
    expect(parts.flatMap((part) => part.attempted)).toEqual(attempted);
    expect(parts.flatMap((part) => part.changed)).toEqual([entry(0)]);
    expect(parts.flatMap((part) => part.deferred)).toEqual([entry(1)]);
  });

  test("of exactly one part's length has one, and so has an empty one", () => {
    expect(partsOf({ attempted: [], changed: [], deferred: [] })).toHaveLength(1);
    const attempted = Array.from({ length: entriesInPart }, (_, i) => entry(i));
    expect(partsOf({ attempted, changed: [], deferred: [] })).toHaveLength(1);
  });
});
