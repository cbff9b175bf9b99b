/** Who holds no token of any gateway cannot fill the ledger, and cannot be refused without a trace either. */
import { describe, expect, test } from "vitest";
import { guard } from "../../runtime/guard/guard.ts";
import { countedTogether, mostRecorded } from "../../runtime/guard/strangers.ts";
import { memoryStore } from "../../runtime/ledger/store/memory.ts";
import type { Store } from "../../runtime/ledger/store/store.ts";
import { audience, caller, issuer, keys, openGateway, pay } from "../session/gateway.ts";

async function opened(given: { readonly store?: Store } = {}) {
  const gateway = await openGateway(given);
  const clock = () => gateway.time.now;
  const tools = { "bank.pay": () => ({ result: { id: "p-1" } }) };
  const guardOf = (session = gateway.session) => guard({ session, keys, issuer, audience, clock, tools });
  const door = guardOf();
  const knock = async (times: number, at = door) => {
    for (let i = 0; i < times; i++) await at.redeem("junk", "{}");
  };
  return { ...gateway, guardOf, door, knock };
}

describe("tokens that no gateway has signed", () => {
  test("are recorded one by one, then counted, one record for all of them", async () => {
    const { door, knock, records, session } = await opened();
    await knock(mostRecorded);
    expect(session.state.end.head.seq).toBe(1 + mostRecorded);
    const answer = await door.redeem("junk", "{}");
    expect(answer).toMatchObject({ outcome: "denied", denial: { code: "TOKEN_MALFORMED", seq: null } });
    await knock(countedTogether - 2);
    expect(session.state.end.head.seq).toBe(1 + mostRecorded);
    const last = await door.redeem("junk", "{}");
    expect(last).toMatchObject({ denial: { seq: 2 + mostRecorded } });
    const all = await records();
    expect(all.at(-2)?.body).not.toHaveProperty("unrecorded");
    expect(all.at(-1)?.body).toMatchObject({ verdict: "deny", executed: false, unrecorded: countedTogether - 1 });
    await knock(countedTogether);
    expect(await records()).toHaveLength(all.length + 1);
  }, 60_000);

  test("are counted on where their record cannot be written, and after a restart nothing is recorded one by one again", async () => {
    const inner = memoryStore();
    let isDown = false;
    const store: Store = {
      ...inner,
      append: async (...args) =>
        isDown
          ? { outcome: "failed", fault: { code: "STORE_UNAVAILABLE", message: "the plug is out" } }
          : inner.append(...args),
    };
    const { door, knock, guardOf, reopen, records } = await opened({ store });
    await knock(mostRecorded + countedTogether - 1);
    isDown = true;
    expect(await door.redeem("junk", "{}")).toMatchObject({ outcome: "denied", denial: { seq: null } });
    isDown = false;
    expect(await door.redeem("junk", "{}")).toMatchObject({ denial: { seq: 2 + mostRecorded } });
    expect((await records()).at(-1)?.body).toMatchObject({ unrecorded: countedTogether });
    const other = guardOf(await reopen());
    await knock(countedTogether - 1, other);
    expect(await records()).toHaveLength(2 + mostRecorded);
  }, 60_000);

  test("count apart from all other denials, each of which has its record, and trip no breaker of the agent's", async () => {
    const { door, knock, session, time } = await opened();
    await session.propose(pay("9.00"), caller);
    expect(session.state.watched.denialStreak).toBe(1);
    await knock(mostRecorded + 1);
    expect(session.state.strangers).toBe(mostRecorded);
    expect(session.state.watched.denialStreak).toBe(1);
    const { token } = await session.propose(pay("1.00"), caller);
    expect(await door.redeem(token, pay("1.00"))).toMatchObject({ outcome: "executed" });
    const { head } = session.state.end;
    expect(await door.redeem(token, pay("1.00"))).toMatchObject({ denial: { seq: head.seq + 1 } });
    time.now += 60_000;
    expect(await door.redeem(token, pay("1.00"))).toMatchObject({
      denial: { code: "TOKEN_EXPIRED", seq: head.seq + 2 },
    });
    expect(session.state.strangers).toBe(mostRecorded);
  }, 60_000);
});
