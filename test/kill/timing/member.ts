/** A process that takes part in many sessions, one after the other: it opens one, and does its work in it when it is told. */
import { makeKeyRing } from "../../../runtime/authority/key-ring.ts";
import { createHost } from "../../../runtime/load.ts";
import { loadFolder } from "../../../runtime/node/load-folder.ts";
import { openSession, type Session } from "../../../runtime/session/session.ts";
import { keyPair } from "../../authority/key-pairs.ts";
import { start } from "../../races/bills.ts";
import { storeAt } from "../../races/teller.ts";
import type { Order, Report, Setting } from "./orders.ts";

export const issuer = "gateway.example";
export const audience = "executor.example";

export interface Member {
  readonly clock: () => number;
  readonly keys: ReturnType<typeof ringOf>;
}

type Work = (session: Session, member: Member, afterMs: number) => Promise<Report>;

export async function takePart(setting: Setting, work: Work): Promise<void> {
  const gateway = await keyPair("gateway-1");
  const evaluator = createHost({ engines: ["rego"] }).load(await loadFolder(setting.artefacts));
  const clock = () => start + Date.now() - setting.origin;
  const member = { clock, keys: ringOf(gateway.key) };
  const store = storeAt(setting.place);
  const authority = { signer: gateway.signer, issuer, audience };
  let session: Session | undefined;
  const obey = async (order: Order): Promise<Report> => {
    if (order.do === "open") {
      const opened = await openSession({ store, session: order.session, evaluator, clock, authority });
      if (!opened.ok) throw new Error(opened.fault.message);
      session = opened.session;
      return { did: "open" };
    }
    if (session === undefined) throw new Error("no session is open");
    return work(session, member, order.afterMs);
  };
  process.on("disconnect", () => process.exit());
  process.on("message", (order: Order) => {
    obey(order).then(
      (report) => process.send?.(report),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
  process.send?.({ did: "open" } satisfies Report);
}

export function nanoseconds(): string {
  return String(process.hrtime.bigint());
}

function ringOf(...given: Parameters<typeof makeKeyRing>[0]) {
  const made = makeKeyRing(given);
  if (!made.ok) throw new Error(made.reason);
  return made.ring;
}
