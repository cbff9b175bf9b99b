/** Whatever the host hands in, against the types: the functions of a session never throw, and nothing of theirs is rejected. */
import { describe, expect, test } from "vitest";
import { verifyApproval } from "../../runtime/people/approval.ts";
import { verifyOrder } from "../../runtime/people/order.ts";
import { type People, readPeople } from "../../runtime/people/registry.ts";
import type { Session } from "../../runtime/session/session.ts";
import { orderText } from "../people/orders.ts";
import { approvalText, peopleOf, registered, registryText, trusted } from "../people/people.ts";
import { openGateway, pay } from "./gateway.ts";

const throwing: object = new Proxy(
  {},
  {
    get() {
      throw new Error("no");
    },
    getPrototypeOf() {
      throw new Error("no");
    },
    ownKeys() {
      throw new Error("no");
    },
  },
);
const changing = {
  get text() {
    throw new Error("no");
  },
};
const rogues: readonly (readonly [what: string, given: unknown])[] = [
  ["undefined", undefined],
  ["null", null],
  ["a number", 7],
  ["a symbol", Symbol("s")],
  ["an empty object", {}],
  ["an object that throws", throwing],
  ["a member that throws", changing],
  ["a function that throws", () => changing.text],
  ["a list of objects that throw", [throwing]],
];
const people = await peopleOf(registered("ann", ["operator"]));

/** Called as no program that type-checks calls it. */
const call = (session: Session, name: string, ...given: readonly unknown[]) => {
  const work: unknown = Reflect.get(session, name);
  if (typeof work !== "function") throw new Error(`no function ${name}`);
  return Reflect.apply(work, session, given);
};

describe.each(rogues)("with %s", (_, rogue) => {
  test.each([
    "propose",
    "record",
    "recordAnyway",
    "redeem",
    "settle",
    "read",
    "reconcile",
    "close",
    "watch",
    "approve",
    "usePeople",
    "evidence",
    "feed",
    "resume",
    "kill",
  ])("session.%s answers", async (name) => {
    const { session } = await openGateway();
    for (const given of [[rogue], [2, rogue], [2, "x", rogue], [rogue, rogue, rogue, rogue]]) {
      const answer: unknown = call(session, name, ...given);
      await expect(Promise.resolve(answer)).resolves.not.toMatchObject({ verdict: "allow" });
    }
  });

  test("a kill by such an order is a kill", async () => {
    const { session, records } = await openGateway();
    expect(await call(session, "kill", "stop", rogue)).toMatchObject({ outcome: "appended" });
    expect(session.isKilled()).toBe(true);
    expect((await records()).at(-1)).toMatchObject({ type: "killed", body: { signal: "stop" } });
  });

  test("an approval, an order and a registry are refused", async () => {
    const context = { envelope: "", session: "s1", now: 0 };
    const approval = await approvalText("ann");
    const order = await orderText("ann");
    const registry = await registryText(registered("ann", ["operator"]));
    const verify = (work: (...given: never[]) => Promise<unknown>, ...given: readonly unknown[]) =>
      Promise.resolve(Reflect.apply(work, undefined, given));
    for (const [text, by, where] of [
      [rogue, people, context],
      [approval, rogue, context],
      [approval, people, rogue],
      [rogue, rogue, rogue],
    ])
      expect(await verify(verifyApproval, text, by, where)).toMatchObject({ ok: false });
    for (const [text, by, where] of [
      [rogue, people, context],
      [order, rogue, context],
      [order, people, rogue],
    ])
      expect(await verify(verifyOrder, text, by, where)).toMatchObject({ ok: false });
    expect(await verify(readPeople, rogue, trusted)).toMatchObject({ ok: false });
    expect(await verify(readPeople, registry, rogue)).toMatchObject({ ok: false });
  });
});

test("what is no text is refused as what it is, not as a store that is down", async () => {
  const { session } = await openGateway();
  await session.usePeople(people);
  for (const [, rogue] of rogues) {
    expect(await call(session, "approve", rogue)).toMatchObject({ outcome: "denied", code: "APPROVAL_MALFORMED" });
    expect(await call(session, "close", { text: rogue })).toMatchObject({ outcome: "refused" });
    expect(await call(session, "resume", [rogue], people, "go on")).toMatchObject({ outcome: "refused" });
  }
  const none: unknown = undefined;
  expect(await session.usePeople(none as People)).toMatchObject({ outcome: "refused" });
});

test("an order is read once: who closes is who was looked at", async () => {
  const { session, records } = await openGateway();
  let times = 0;
  const order = {
    get text() {
      times += 1;
      return "";
    },
  };
  expect(await session.close(order)).toMatchObject({ outcome: "refused" });
  expect(times).toBe(1);
  expect((await records()).map(({ type }) => type)).toEqual(["activated"]);
});

test("a watcher that throws is told of: nothing is watched", async () => {
  const { session } = await openGateway();
  const watcher = () => {
    throw new Error("no such folder");
  };
  expect(session.watch(watcher)).toBeUndefined();
  const end = session.watch(() => () => {
    throw new Error("no");
  });
  expect(end).not.toThrow();
});

test("a caller that names nobody is nobody, whatever stands on Object.prototype", async () => {
  const { session } = await openGateway();
  Object.assign(Object.prototype, { principal: "agent:s7", justification: "because" });
  try {
    expect(await session.propose(pay("1.00"), {} as never)).toMatchObject({ verdict: "deny" });
  } finally {
    for (const name of ["principal", "justification"]) Reflect.deleteProperty(Object.prototype, name);
  }
});
