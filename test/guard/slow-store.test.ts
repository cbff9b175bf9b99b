/** A store that takes its time: what has ended while it was waited for is not executed (SPEC §8). */
import { expect, test } from "vitest";
import { guard } from "../../runtime/guard/guard.ts";
import { memoryStore } from "../../runtime/ledger/store/memory.ts";
import type { Store } from "../../runtime/ledger/store/store.ts";
import { audience, caller, type Gateway, issuer, keys, openGateway, pay } from "../session/gateway.ts";

const end = Date.UTC(2024, 1, 15, 21);

/** @param before, after how long a `consumed` record waits to be written, and the answer to come back; milliseconds */
async function openSlow({ before = 0, after = 0, isContended = false }) {
  const inner = memoryStore();
  let isFirst = isContended;
  const time = { now: 0 };
  const store: Store = {
    ...inner,
    async append(...given) {
      if (JSON.parse(given[2].text).type !== "consumed") return inner.append(...given);
      time.now += before;
      if (isFirst) {
        isFirst = false;
        return { outcome: "lost" };
      }
      const result = await inner.append(...given);
      time.now += after;
      return result;
    },
  };
  const gateway = await openGateway({ store, clock: () => time.now });
  time.now = gateway.time.now;
  const paid: unknown[] = [];
  const tools = {
    "bank.pay": (args: unknown) => {
      paid.push(args);
      return { result: { id: "p" } };
    },
  };
  return { gateway, time, paid, tools, guard: guardWith(gateway, tools, () => time.now) };
}

type Tools = Parameters<typeof guard>[0]["tools"];

function guardWith({ session }: Gateway, tools: Tools, clock: () => number) {
  return guard({ session, keys, issuer, audience, clock, tools });
}

async function tokenOf({ session }: Gateway): Promise<string | null> {
  return (await session.propose(pay("5.00"), caller)).token;
}

const types = async ({ records }: Gateway) => (await records()).map(({ type }) => type);

test("a token that has expired once its redemption is written begins no effect, and is settled", async () => {
  const { gateway, guard, paid } = await openSlow({ after: 30_000 });
  const redeemed = await guard.redeem(await tokenOf(gateway), pay("5.00"));
  expect(redeemed).toMatchObject({ outcome: "denied", denial: { code: "TOKEN_EXPIRED", seq: 5 } });
  expect(paid).toEqual([]);
  expect(await types(gateway)).toEqual(["activated", "decided", "consumed", "settled", "decided"]);
  expect((await gateway.records())[3]).toMatchObject({ body: { outcome: "not_executed" } });
});

test("nor does one of an envelope that has ended meanwhile", async () => {
  const { gateway, guard, paid, time } = await openSlow({ after: 2_000 });
  time.now = end - 1_500;
  expect(await guard.redeem(await tokenOf(gateway), pay("5.00"))).toMatchObject({ denial: { code: "TOKEN_EXPIRED" } });
  expect(paid).toEqual([]);
});

test("one that is still good by then is executed", async () => {
  const { gateway, guard, paid } = await openSlow({ after: 29_999 });
  expect(await guard.redeem(await tokenOf(gateway), pay("5.00"))).toMatchObject({ outcome: "executed" });
  expect(paid).toHaveLength(1);
});

test("a redemption that others were before is tried again under the time that it is then", async () => {
  const { gateway, guard, paid } = await openSlow({ before: 30_000, isContended: true });
  const redeemed = await guard.redeem(await tokenOf(gateway), pay("5.00"));
  expect(redeemed).toMatchObject({ outcome: "denied", denial: { code: "TOKEN_LIFETIME" } });
  expect(paid).toEqual([]);
  expect(await types(gateway)).not.toContain("consumed");
});

test("a clock that fails while the store is waited for confirms nothing", async () => {
  const { gateway, tools, paid } = await openSlow({});
  const token = await tokenOf(gateway);
  let isAsked = false;
  const clock = () => {
    if (isAsked) throw new Error("no time");
    isAsked = true;
    return gateway.time.now;
  };
  const redeemed = await guardWith(gateway, tools, clock).redeem(token, pay("5.00"));
  expect(redeemed).toMatchObject({ outcome: "denied" });
  expect(paid).toEqual([]);
  expect(await types(gateway)).toEqual(["activated", "decided", "consumed", "settled", "decided"]);
});
