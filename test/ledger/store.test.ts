/** What every store promises. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { beginLog, openLog, type SessionLog } from "../../runtime/ledger/log.ts";
import { noHead } from "../../runtime/ledger/record.ts";
import type { Store, StoredRecord } from "../../runtime/ledger/store/store.ts";
import { activation, allow, consume, envelope, notAllowed } from "./entries.ts";
import { skipWithout } from "./postgres.ts";
import { type StoreUnderTest, stores } from "./stores.ts";

const record = (seq: number, name = "a"): StoredRecord => ({ seq, hash: `${name}${seq}`, text: `{"${name}":${seq}}` });
const headAt = (seq: number, name = "a") => (seq === 0 ? noHead : { seq, hash: `${name}${seq}` });

describe.each(Object.entries(stores))("the %s store", (_, make) => {
  let subject: StoreUnderTest;
  let store: Store;

  beforeEach(async ({ skip }) => {
    subject = await make().catch(skipWithout(skip));
    store = subject.open();
  });
  afterEach(() => subject?.discard());

  const filled = async (length: number) => {
    for (let seq = 1; seq <= length; seq++)
      expect(await store.append("s", headAt(seq - 1), record(seq))).toEqual({ outcome: "appended" });
  };
  const texts = async (session = "s", from = 1, limit = 100) => {
    const result = await store.read(session, from, limit);
    return result.ok ? result.texts : result.fault;
  };

  test.each<readonly [what: string, head: { seq: number; hash: string }, record: StoredRecord]>([
    ["the head has been passed", headAt(2), record(3, "b")],
    ["the head is another record", headAt(3, "b"), record(4)],
    ["the head is not there yet", headAt(4), record(5)],
    ["the session has begun", headAt(0), record(1, "b")],
    ["the number leaves a gap", headAt(3), record(5)],
    ["the number goes back", headAt(3), record(3, "b")],
  ])("loses where %s, and writes nothing", async (_, head, next) => {
    await filled(3);
    expect(await store.append("s", head, next)).toEqual({ outcome: "lost" });
    expect(await texts()).toEqual([1, 2, 3].map((seq) => record(seq).text));
  });

  test("lets a name be claimed once, and writes nothing where it is taken", async () => {
    expect(await store.append("s", noHead, record(1), "env_1")).toEqual({ outcome: "appended" });
    expect(await store.append("t", noHead, record(1, "b"), "env_1")).toEqual({ outcome: "claimed" });
    expect(await texts("t")).toEqual([]);
    expect(await store.append("t", noHead, record(1, "b"), "env_2")).toEqual({ outcome: "appended" });
  });

  test("lets several names be claimed together, and none of them where one is taken", async () => {
    expect(await store.append("s", noHead, record(1), ["env_1", "window 1"])).toEqual({ outcome: "appended" });
    expect(await store.append("t", noHead, record(1, "b"), ["env_2", "window 1"])).toEqual({ outcome: "claimed" });
    expect(await store.append("t", noHead, record(1, "b"), ["env_1", "window 2"])).toEqual({ outcome: "claimed" });
    expect(await texts("t")).toEqual([]);
    for (const [name, session] of [
      ["env_1", "s"],
      ["window 1", "s"],
      ["env_2", undefined],
      ["window 2", undefined],
    ] as const)
      expect(await store.claimant(name)).toEqual({ ok: true, session });
    expect(await store.append("t", noHead, record(1, "b"), ["env_2", "window 2"])).toEqual({ outcome: "appended" });
  });

  test("lets one of many hands claim what each of them claims besides a name of its own", async () => {
    const hands = Array.from({ length: 6 }, () => subject.open());
    const results = await Promise.all(
      hands.map((hand, i) => hand.append(`s${i}`, noHead, record(1, `n${i}_`), [`env_${i}`, "window"])),
    );
    expect(results.filter(({ outcome }) => outcome === "appended")).toHaveLength(1);
    expect(results.filter(({ outcome }) => outcome === "claimed")).toHaveLength(5);
  });

  test("lets no lost append claim a name", async () => {
    await filled(1);
    expect(await store.append("s", noHead, record(1, "b"), "env_1")).toEqual({ outcome: "lost" });
    expect(await store.append("t", noHead, record(1, "b"), "env_1")).toEqual({ outcome: "appended" });
  });

  test("reads a session from any record on, in order, and no other session", async () => {
    await filled(12);
    await store.append("t", noHead, record(1, "b"));
    expect(await texts("s", 9)).toEqual([9, 10, 11, 12].map((seq) => record(seq).text));
    expect(await texts("s", 3, 2)).toEqual([record(3).text, record(4).text]);
    expect(await texts("nobody")).toEqual([]);
  });

  test("keeps any text as it is", async () => {
    const text = '{"ä":"\u{1f600}\\u0000 \u2028"}';
    await store.append("s", noHead, { seq: 1, hash: "h", text });
    expect(await texts()).toEqual([text]);
  });

  test("shows each hand what the others wrote, also after it was closed", async () => {
    await filled(1);
    expect(await subject.open().append("s", headAt(1), record(2))).toEqual({ outcome: "appended" });
    await store.close();
    expect(await texts()).toEqual([record(1).text, record(2).text]);
  });

  test("lets one of many writers win each record", async () => {
    const hands = Array.from({ length: 8 }, () => subject.open());
    for (let seq = 1; seq <= 20; seq++) {
      const results = await Promise.all(
        hands.map((hand, i) =>
          hand.append("s", seq === 1 ? noHead : { seq: seq - 1, hash: `h${seq - 1}` }, {
            seq,
            hash: `h${seq}`,
            text: `${i}`,
          }),
        ),
      );
      expect(results.filter(({ outcome }) => outcome === "appended")).toHaveLength(1);
      expect(results.filter(({ outcome }) => outcome === "lost")).toHaveLength(7);
    }
    expect(await texts()).toHaveLength(20);
  });

  test("carries a session that two logs write: the loser refreshes, and nothing is spent twice", async () => {
    const begun = await beginLog(store, activation(), envelope);
    if (begun.outcome !== "begun") throw new Error(begun.outcome);
    const { session } = begun.log.state.end;
    const other = await openLog(subject.open(), session);
    if (!other.ok) throw new Error(other.fault.message);
    const budget = 10;
    const spend = async (log: SessionLog, jti: string): Promise<number> => {
      for (let won = 0; ; ) {
        if (log.state.sums.of("budgets/actions") >= budget) return won;
        const result = await log.append(allow(1, { jti, charges: { "budgets/actions": { amount: 1 } } }));
        if (result.outcome === "appended") won++;
        else if (result.outcome === "lost") expect(await log.refresh()).toBeUndefined();
        else throw new Error(JSON.stringify(result));
      }
    };
    const [mine, theirs] = await Promise.all([spend(begun.log, "a"), spend(other.log, "b")]);
    expect(mine + theirs).toBe(budget);
    expect(await texts(session)).toHaveLength(1 + budget);
    expect(other.log.state).toEqual(begun.log.state);
  });

  test("lets one of two redemptions win, and refuses the other", async () => {
    const begun = await beginLog(store, activation(), envelope);
    if (begun.outcome !== "begun") throw new Error(begun.outcome);
    await begun.log.append(allow(1));
    const other = await openLog(subject.open(), begun.log.state.end.session);
    if (!other.ok) throw new Error(other.fault.message);
    const results = await Promise.all([begun.log, other.log].map((log) => log.append(consume(2, 2))));
    expect(results.map(({ outcome }) => outcome).sort()).toEqual(["appended", "lost"]);
    const loser = results[0]!.outcome === "lost" ? begun.log : other.log;
    expect(await loser.refresh()).toBeUndefined();
    expect(await loser.append(consume(2, 2))).toMatchObject({ problem: { code: "RESERVATION_MISSING" } });
  });

  test("lets an envelope be activated once, and refuses a clock that goes back", async () => {
    const begun = await beginLog(store, activation("env_1", 5), envelope);
    if (begun.outcome !== "begun") throw new Error(begun.outcome);
    for (const at of [5, 6])
      expect(await beginLog(subject.open(), activation("env_1", at), envelope)).toEqual({ outcome: "claimed" });
    expect(await begun.log.append(notAllowed("deny", 4))).toMatchObject({
      problem: { code: "CLOCK_REGRESSION", seq: 2 },
    });
    expect(await texts(begun.log.state.end.session)).toHaveLength(1);
  });
});
