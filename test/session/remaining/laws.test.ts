/** What remains is what is allowed: inside it every call is, one unit outside none is, and the bound that denies it was named. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { EffectRemaining } from "../../../runtime/session/remaining/remaining.ts";
import type { Session } from "../../../runtime/session/session.ts";
import { type Gateway, openGateway } from "../gateway.ts";
import { caller, fork, live } from "./forks.ts";
import { type Amounts, type Payee, payees, peopleAskedFor, proposalOf, stranger, type World, world } from "./world.ts";

const seed = Number(process.env.AMBIT_SEED ?? Math.floor(Math.random() * 2 ** 31));
const scale = Math.min(10, Math.max(1, Number(process.env.AMBIT_RUNS ?? 5000) / 5000));
const runs = { numRuns: 30 * scale, seed };
const timeout = 120_000 * scale;

test("a call inside what remains is allowed, one unit outside is denied", { timeout }, async () => {
  const seen = { open: 0, closed: 0, rooms: 0 };
  await fc.assert(
    fc.asyncProperty(world, async (given) => {
      const gateway = await openGateway({ envelope: given.envelope });
      await live(gateway, given);
      const answer = await gateway.session.remaining();
      if (!answer.ok) throw new Error(answer.fault.message);
      const ask = asker(gateway);
      for (const left of answer.remaining.effects) {
        seen[left.open ? "open" : "closed"] += 1;
        if (left.open) for (const payee of payees) seen.rooms += await checkPayee(ask, gateway, given, left, payee);
        else await checkClosed(ask, left);
      }
      gateway.evaluator.drop();
    }),
    runs,
  );
  // Of both there were some, so that nothing was left unasked.
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(runs.numRuns / 10);
});

async function checkClosed(ask: Ask, { effect, closedBy, calls, amounts }: EffectRemaining): Promise<void> {
  expect({ calls, amounts }).toEqual({ calls: 0, amounts: {} });
  const named = closedBy.map(({ id }) => id);
  let told = 0;
  for (const payee of payees)
    for (const amount of [0, 1, 120, 400])
      for (const pieces of [1, 2, 3]) {
        const { verdict, violations } = await ask(effect, payee, { amount, pieces });
        expect(verdict).toBe("deny");
        if (violations.some((id) => named.includes(id))) told += 1;
      }
  expect(told).toBeGreaterThan(0);
}

/** @returns 1 where calls for this payee are left, 0 where none are */
async function checkPayee(
  ask: Ask,
  gateway: Gateway,
  world: World,
  left: EffectRemaining,
  payee: Payee,
): Promise<0 | 1> {
  const { effect, amounts, until } = left;
  const plan = world.plans[effect]!;
  const room = payee === stranger && plan.isListed ? noRoom(effect) : roomOf(left, payee);
  const least = { amount: amounts.amount!.min, pieces: amounts.pieces!.min };
  if (room.calls === 0) {
    const { verdict, violations } = await ask(effect, payee, least);
    expect(verdict).toBe("deny");
    expect(violations.some((id) => room.named.includes(id))).toBe(true);
    return 0;
  }
  const most = { amount: room.most("amount"), pieces: room.most("pieces") };
  for (const carried of [least, most]) {
    const held = peopleAskedFor(plan, effect, carried);
    const answer = await ask(effect, payee, carried);
    expect(answer).toEqual({ verdict: held.length > 0 ? "hold" : "allow", violations: held });
  }
  for (const key of ["amount", "pieces"] as const) {
    const above = await ask(effect, payee, { ...least, [key]: most[key] + 1 });
    expect(above.verdict).toBe("deny");
    expect(above.violations.some((id) => [...amounts[key]!.by, ...room.named].includes(id))).toBe(true);
    expect((await ask(effect, payee, { ...least, [key]: least[key] - 1 })).verdict).toBe("deny");
    for (let value = least[key]; key === "pieces" && value <= most[key]; value++) {
      const isListed = amounts[key]!.values?.includes(value) ?? true;
      expect((await ask(effect, payee, { ...least, [key]: value })).verdict === "deny").toBe(!isListed);
    }
  }
  const before = await ask(effect, payee, least, until!.at - 1);
  expect(before.verdict).not.toBe("deny");
  const after = await ask(effect, payee, least, until!.at);
  expect(after.verdict).toBe("deny");
  expect(after.violations.some((id) => until!.by.includes(id))).toBe(true);
  if (peopleAskedFor(plan, effect, least).length === 0) await checkCount(gateway, left, payee, least, room);
  return 1;
}

/** Exactly as many calls of the least amounts follow one another; what denies the next one was named. */
async function checkCount(
  gateway: Gateway,
  left: EffectRemaining,
  payee: Payee,
  least: Amounts,
  room: RoomLeft,
): Promise<void> {
  const session = await fork(gateway, gateway.time.now);
  for (let i = 0; i < room.calls; i++)
    expect(await answerOf(session, left.effect, payee, least)).toEqual({ verdict: "allow", violations: [] });
  const next = await answerOf(session, left.effect, payee, least);
  const named = left.limits.filter(({ calls }) => calls === left.calls).map(({ bound }) => bound);
  expect(next.verdict).toBe("deny");
  expect(next.violations.some((id) => [...named, ...room.named].includes(id))).toBe(true);
}

interface RoomLeft {
  readonly calls: number;
  readonly most: (key: keyof Amounts) => number;
  /** The bounds that are kept apart, or that admit no such payee. */
  readonly named: readonly string[];
}

function roomOf({ effect, apart, amounts, calls }: EffectRemaining, payee: Payee): RoomLeft {
  const own = apart.find(({ field }) => field === "payee");
  const whole = { calls, amounts: {} as Readonly<Record<string, number>> };
  const room = own === undefined ? whole : (own.values.find(({ value }) => value === payee) ?? own.others);
  const named = own?.bounds ?? [];
  if (room === null) return noRoom(effect);
  return { calls: room.calls, most: (key) => room.amounts[key] ?? amounts[key]!.max, named };
}

function noRoom(effect: string): RoomLeft {
  return { calls: 0, most: () => 0, named: [`effects/${effect}/allow/payee`] };
}

type Ask = (effect: string, payee: string, amounts: Amounts, now?: number) => ReturnType<typeof answerOf>;

/** On forks: the session itself stays as it is, and so does a fork that has allowed nothing. */
function asker(gateway: Gateway): Ask {
  let present: Session | undefined;
  return async (effect, payee, amounts, now) => {
    if (now !== undefined) return answerOf(await fork(gateway, now), effect, payee, amounts);
    present ??= await fork(gateway, gateway.time.now);
    const answer = await answerOf(present, effect, payee, amounts);
    if (answer.verdict === "allow") present = undefined;
    return answer;
  };
}

async function answerOf(session: Session, effect: string, payee: string, amounts: Amounts) {
  const { verdict, violations } = await session.propose(proposalOf(effect, payee, amounts), caller);
  return { verdict, violations: violations.map(({ id }) => id) };
}
