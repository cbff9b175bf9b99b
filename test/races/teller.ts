/** A gateway and its executor in one process: opens the session that it is assigned, and pays bills through it. */
import { setTimeout as delay } from "node:timers/promises";
import { makeKeyRing } from "../../runtime/authority/key-ring.ts";
import { signReceipt } from "../../runtime/authority/token/receipt.ts";
import { type Guard, guard } from "../../runtime/guard/guard.ts";
import type { ToolReport } from "../../runtime/guard/tools.ts";
import type { Store } from "../../runtime/ledger/store/store.ts";
import { createHost } from "../../runtime/load.ts";
import { cedarWasm } from "../../runtime/node/cedar-wasm.ts";
import { loadFolder } from "../../runtime/node/load-folder.ts";
import { postgresStore } from "../../runtime/node/postgres/store.ts";
import { sqliteStore } from "../../runtime/node/sqlite-store.ts";
import { openSession, type Session } from "../../runtime/session/session.ts";
import type { SessionOptions } from "../../runtime/session/settings.ts";
import { keyPair } from "../authority/key-pairs.ts";
import type { Assignment, Place } from "./assignment.ts";
import { billIn, budget, start, tool } from "./bills.ts";
import { journalAt, type Write } from "./journal.ts";

const issuer = "gateway.example";
const audience = "executor.example";

export interface Teller {
  readonly session: Session;
  readonly guard: Guard;
  readonly write: Write;
  /** What the tool reported of a call, so that it can be settled later. */
  readonly reports: ReadonlyMap<string, ToolReport>;
  readonly close: () => Promise<void>;
}

export function storeAt(place: Place): Store {
  // SQLite hands its lock to nobody in particular: who waits for long among eight writers is unlucky, and the file is not away.
  if ("sqlite" in place) return sqliteStore(place.sqlite, { busyTimeoutMs: 60_000 });
  return postgresStore({ connectionString: place.postgres, schema: place.schema, connections: 2 });
}

export async function openTeller({
  place,
  session: id,
  artefacts,
  engines,
  origin,
  journal,
  tokenSeconds,
}: Assignment) {
  const [gateway, executor] = [await keyPair("gateway-1"), await keyPair("executor-1")];
  const host = createHost({ engines, ...(engines.includes("cedar") ? { cedarWasm: await cedarWasm() } : {}) });
  const evaluator = host.load(await loadFolder(artefacts));
  const clock = () => start + Date.now() - origin;
  const store = storeAt(place);
  const authority = { signer: gateway.signer, issuer, audience };
  const session = await opening({
    ...{ store, session: id, evaluator, clock, authority, executors: ringOf(executor.key) },
    ...(tokenSeconds === undefined ? {} : { tokenSeconds }),
    // What a dead worker has redeemed stays open: the session goes on.
    settleSeconds: 3_600,
  });

  const write = journalAt(journal);
  const reports = new Map<string, ToolReport>();
  const pay = async (args: unknown, jti: string): Promise<ToolReport> => {
    const { name, paid, ending } = billIn(args);
    write({ did: "pay", bill: name, jti, paid });
    if (ending === "unknown") throw new Error("the bank hung up");
    if (ending === "in full") return { result: { id: jti } };
    const amounts = { [budget]: paid };
    const receipt = await signReceipt(executor.signer, { jti, outcome: "executed", amounts, at: clock() });
    return { result: { id: jti }, amounts, receipt };
  };
  const tools = {
    [tool]: async (args: unknown, { jti }: { readonly jti: string }) => {
      reports.set(jti, { outcome: "unknown" });
      const report = await pay(args, jti);
      reports.set(jti, report);
      return report;
    },
  };
  const settings = { session, keys: ringOf(gateway.key), issuer, audience, clock, tools };
  const teller: Teller = { session, write, reports, guard: guard(settings), close: () => store.close() };
  return teller;
}

/** A server that is away is waited for; a ledger that is broken is not. */
async function opening(options: SessionOptions): Promise<Session> {
  for (const deadline = Date.now() + 30_000; ; await delay(20)) {
    const opened = await openSession(options);
    if (opened.ok) return opened.session;
    if (opened.fault.code !== "STORE_UNAVAILABLE" || "problem" in opened.fault || Date.now() > deadline)
      throw new Error(opened.fault.message);
  }
}

function ringOf(...given: Parameters<typeof makeKeyRing>[0]) {
  const made = makeKeyRing(given);
  if (!made.ok) throw new Error(made.reason);
  return made.ring;
}
