/** A session whose history can be gone on with in several ways. */

import { parseRecord } from "../../../runtime/ledger/chain/parse.ts";
import { noHead } from "../../../runtime/ledger/record.ts";
import { memoryStore } from "../../../runtime/ledger/store/memory.ts";
import type { Store } from "../../../runtime/ledger/store/store.ts";
import type { Session } from "../../../runtime/session/session.ts";
import type { SessionVerdict } from "../../../runtime/session/verdict.ts";
import type { Gateway } from "../gateway.ts";
import { carriedBy, proposalOf, type Step, type World } from "./world.ts";

export const caller = { principal: "agent:s7", justification: "because" };

/** The same ledger in a store of its own, opened at a time of its own. */
export async function fork({ store, session, reopen }: Gateway, now: number): Promise<Session> {
  return reopen({ store: await copyOf(store, session.id), clock: () => now });
}

async function copyOf(store: Store, session: string): Promise<Store> {
  const copy = memoryStore();
  const page = await store.read(session, 1, 1_000_000);
  if (!page.ok) throw new Error(page.fault.message);
  let head = noHead;
  for (const [i, text] of page.texts.entries()) {
    const parsed = parseRecord(text, i + 1);
    if (!parsed.ok) throw new Error(parsed.problem.message);
    const { seq, hash } = parsed.record;
    await copy.append(session, head, { seq, hash, text });
    head = { seq, hash };
  }
  return copy;
}

export async function live(gateway: Gateway, world: World): Promise<void> {
  const { session, time } = gateway;
  const { history, last } = world;
  await session.evidence("perimeter", time.now);
  for (const step of history) await take(gateway, world, step);
  if (last === "kill") await session.kill("console");
  if (last === "halt")
    await session.record((at) => ({ type: "halted", at, body: { breaker: "loss", action: "halt" } }));
  if (last === "freeze")
    await session.record((at) => ({ type: "incident", at, body: { code: "X", message: "x", freezes: true } }));
}

async function take({ session, time }: Gateway, { plans }: World, step: Step): Promise<void> {
  if (step.do === "wait") time.now += step.ms;
  else if (step.do === "see") await session.evidence("perimeter", time.now);
  else {
    const verdict = await session.propose(
      proposalOf(step.effect, step.payee, carriedBy(plans[step.effect]!, step)),
      caller,
    );
    if (verdict.verdict === "allow" && step.ending !== "open") await redeem(session, verdict, step.ending);
  }
}

async function redeem(session: Session, { seq }: SessionVerdict, ending: string): Promise<void> {
  const { decided, jti } = session.state.reservations.get(seq ?? 0) ?? { decided: 0, jti: "" };
  await session.record((at) => ({ type: "consumed", at, body: { decided, jti } }));
  if (ending === "settled") await session.settle(decided, jti, { outcome: "executed", result: {} });
}
