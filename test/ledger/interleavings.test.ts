/** Two gateways at one ledger, under every order in which a store may take their requests, lose them and answer. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { beginLog, openLog } from "../../runtime/ledger/log.ts";
import type { LedgerRecord } from "../../runtime/ledger/record.ts";
import type { SessionState } from "../../runtime/ledger/state.ts";
import { memoryStore } from "../../runtime/ledger/store/memory.ts";
import type { Store } from "../../runtime/ledger/store/store.ts";
import { openSession, type Session } from "../../runtime/session/session.ts";
import {
  activation,
  audience,
  caller,
  issuer,
  openGateway,
  pay,
  recordsOf,
  signers,
  start,
} from "../session/gateway.ts";

const runs = Number(process.env.AMBIT_RUNS ?? 60);
const { evaluator } = await openGateway();
/** In minor units, as the envelope has it; each payment is a quarter of it. */
const budget = 2_000;
const payment = pay("5.00");

type Luck = "well" | "before" | "after";
const failed = { code: "STORE_UNAVAILABLE", message: "the test's store failed" } as const;

interface Weather {
  calm: boolean;
  readonly luck: Luck[];
}

/** Requests and answers are each on their way for as long as the scheduler likes; some fail before or after the store did its work. */
function scheduled(store: Store, scheduler: fc.Scheduler, weather: Weather): Store {
  const carry = async <T>(label: string, work: () => Promise<T>, failure: T): Promise<T> => {
    if (weather.calm) return work();
    const luck = weather.luck.shift() ?? "well";
    await scheduler.schedule(Promise.resolve(), `${label} asked`);
    const answer = luck === "before" ? failure : await work();
    await scheduler.schedule(Promise.resolve(), `${label} answered`);
    return luck === "well" ? answer : failure;
  };
  return {
    read: (...asked) => carry("read", () => store.read(...asked), { ok: false, fault: failed }),
    append: (...asked) => carry("append", () => store.append(...asked), { outcome: "failed", fault: failed }),
    claimant: (...asked) => store.claimant(...asked),
    close: () => store.close(),
  };
}

async function begin(store: Store): Promise<string> {
  const begun = await beginLog(store, activation(evaluator, "{}"), evaluator.envelopeDigest);
  if (begun.outcome !== "begun") throw new Error(begun.outcome);
  return begun.log.state.end.session;
}

async function open(store: Store, session: string): Promise<Session> {
  const authority = { signer: signers.gateway, issuer, audience };
  const opened = await openSession({ store, session, evaluator, clock: () => start, authority });
  if (!opened.ok) throw new Error(opened.fault.message);
  return opened.session;
}

function jtiOf(token: string): string {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()).jti;
}

const ofType = <T extends LedgerRecord["type"]>(records: readonly LedgerRecord[], type: T) =>
  records.filter((record): record is Extract<LedgerRecord, { type: T }> => record.type === type);

function shown({ sums, ...rest }: SessionState) {
  return { ...rest, sums: [...sums.entries()] };
}

test("no order of requests, answers and failures overspends, redeems twice, or redeems after a kill", async () => {
  const seen = { allows: 0, redeemed: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.constantFrom<Luck>("well", "well", "well", "well", "before", "after"), { maxLength: 30 }),
      fc.boolean(),
      async (scheduler, luck, kills) => {
        const store = memoryStore();
        const weather: Weather = { calm: true, luck: [...luck] };
        const id = await begin(store);
        const gateways = [
          await open(scheduled(store, scheduler, weather), id),
          await open(scheduled(store, scheduler, weather), id),
        ];
        weather.calm = false;
        const allowed = new Map<number, number>();
        const one = async (gateway: Session) => {
          const { verdict, seq, token } = await gateway.propose(payment, caller);
          if (verdict !== "allow" || seq === null || token === null) return;
          allowed.set(seq, 0);
          const jti = jtiOf(token);
          const redeem = async (at: Session) => {
            const { outcome } = await at.record((now) => ({ type: "consumed", at: now, body: { decided: seq, jti } }));
            if (outcome === "appended") allowed.set(seq, (allowed.get(seq) ?? 0) + 1);
            else seen.refused++;
          };
          await Promise.all(gateways.map(redeem));
        };
        const calls = gateways.flatMap((gateway) => [one(gateway), one(gateway), one(gateway)]);
        if (kills) calls.push(...gateways.slice(0, 1).map(async (gateway) => void (await gateway.kill("stop"))));
        await scheduler.waitFor(Promise.all(calls));

        const records = await recordsOf(store, id);
        const held = ofType(records, "decided").flatMap(({ body }) => Object.entries(body.reservation?.charges ?? {}));
        const spent = held.filter(([bound]) => bound === "budgets/spend").map(([, { amount }]) => amount);
        expect(spent.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(budget);
        const allows = ofType(records, "decided").filter(({ body }) => body.verdict === "allow");
        expect(spent).toHaveLength(allows.length);
        const numbers = new Set(allows.map(({ seq }) => seq));
        for (const seq of allowed.keys()) expect(numbers).toContain(seq);

        const consumed = ofType(records, "consumed");
        expect(new Set(consumed.map(({ body }) => body.decided)).size).toBe(consumed.length);
        for (const [seq, times] of allowed) {
          expect(times).toBeLessThanOrEqual(1);
          if (times === 1) expect(consumed.map(({ body }) => body.decided)).toContain(seq);
        }
        const killed = ofType(records, "killed")[0]?.seq ?? Number.POSITIVE_INFINITY;
        for (const { seq } of [...consumed, ...allows]) expect(seq).toBeLessThan(killed);

        weather.calm = true;
        const folded = await openLog(store, id);
        if (!folded.ok) throw new Error(folded.fault.message);
        for (const gateway of gateways) {
          expect(await gateway.refresh()).toBeUndefined();
          expect(shown(gateway.state)).toEqual(shown(folded.log.state));
        }
        seen.allows += allowed.size;
        seen.redeemed += consumed.length;
      },
    ),
    { numRuns: runs },
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(0);
}, 600_000);
