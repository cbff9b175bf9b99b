/** A principal has one open window at a time, whoever activates, and however many do at once. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { compile } from "../../compiler/compile.ts";
import { activate } from "../../runtime/activation/activate.ts";
import { openLog, type SessionLog } from "../../runtime/ledger/log.ts";
import type { Store } from "../../runtime/ledger/store/store.ts";
import { openSession } from "../../runtime/session/session.ts";
import { skipWithout } from "../ledger/postgres.ts";
import { type StoreUnderTest, stores } from "../ledger/stores.ts";
import { envelopeText, set } from "../reading/envelopes.ts";
import { bytesOf, host, issuers, now, signatureOf } from "./desk.ts";

const principal = "agent:one";

function windowText(id: string, more: readonly ReturnType<typeof set>[] = []): string {
  return envelopeText(
    set("/capabilities", ["IO_READ_LOCAL"]),
    set("/id", id),
    set("/principal", principal),
    set("/mode", "window"),
    ...more,
  );
}

async function activateIn(store: Store, text: string, trusted: typeof issuers | "local" = issuers) {
  return activate({
    store,
    given: bytesOf(text),
    compile,
    load: (artefacts) => host.load(artefacts),
    trusted,
    signature: await signatureOf(text),
    now,
  });
}

async function closeWindow(store: Store, { state }: SessionLog, text: string): Promise<void> {
  const { artefacts } = compile(bytesOf(text));
  const evaluator = host.load(artefacts!);
  const opened = await openSession({ store, session: state.end.session, evaluator, clock: () => now });
  if (!opened.ok) throw new Error(opened.fault.message);
  expect(await opened.session.close()).toMatchObject({ outcome: "closed" });
}

describe.each(Object.entries(stores))("in the %s store", (_, make) => {
  let subject: StoreUnderTest;
  let store: Store;

  beforeEach(async ({ skip }) => {
    subject = await make().catch(skipWithout(skip));
    store = subject.open();
  });
  afterEach(() => subject?.discard());

  test("a second window is refused until the first is closed, and then a third", async () => {
    for (const round of [1, 2, 3, 4, 5]) {
      const text = windowText(`env_${round}`);
      const first = await activateIn(store, text);
      if (first.outcome !== "activated") throw new Error(JSON.stringify(first));
      const second = await activateIn(subject.open(), windowText(`env_${round}_second`));
      expect(second).toMatchObject({ outcome: "rejected", check: "window" });
      expect(second).toMatchObject({ message: expect.stringContaining(first.session) });
      await closeWindow(store, first.log, text);
    }
  });

  test("of many at once, one begins", async () => {
    const all = await Promise.all(
      [1, 2, 3, 4, 5, 6].map((each) => activateIn(subject.open(), windowText(`env_${each}`))),
    );
    expect(all.filter(({ outcome }) => outcome === "activated")).toHaveLength(1);
    for (const each of all) if (each.outcome !== "activated") expect(each).toMatchObject({ check: "window" });
  });
});

describe("beside an open window", () => {
  const begun = async () => {
    const store = (await stores.memory!()).open();
    expect(await activateIn(store, windowText("env_1"))).toMatchObject({ outcome: "activated" });
    return store;
  };

  test.each([
    ["a window of another principal", windowText("env_2", [set("/principal", "agent:two")]), issuers],
    ["an envelope that opens none", windowText("env_2", [set("/mode", "base")]), issuers],
    ["a trial, in which nothing is executed", windowText("env_2"), "local" as const],
  ])("%s begins", async (_, text, trusted) => {
    expect(await activateIn(await begun(), text, trusted)).toMatchObject({ outcome: "activated" });
  });

  test("the same id is refused as one that was activated, and a killed window as one that is open", async () => {
    const store = await begun();
    expect(await activateIn(store, windowText("env_1"))).toMatchObject({ outcome: "rejected", check: "id" });
    const claimed = await store.claimant("env_1");
    const opened = await openLog(store, (claimed.ok && claimed.session) || "");
    if (!opened.ok) throw new Error(opened.fault.message);
    await opened.log.append({ type: "killed", at: now, body: { signal: "x" } });
    expect(await activateIn(store, windowText("env_2"))).toMatchObject({ outcome: "rejected", check: "window" });
  });

  test("no window begins where the store does not say who has one", async () => {
    const store = await begun();
    const silent: Store = {
      ...store,
      claimant: async () => ({ ok: false, fault: { code: "STORE_UNAVAILABLE", message: "away" } }),
    };
    expect(await activateIn(silent, windowText("env_2"))).toMatchObject({ outcome: "failed" });
  });
});
