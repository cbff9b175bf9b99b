/** The fold, record by record, against going through the whole history for every question. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { seal, sealFirst } from "../../runtime/ledger/chain/seal.ts";
import { approvalsOf, saidOf } from "../../runtime/ledger/facts/approvals.ts";
import { allowedWithin } from "../../runtime/ledger/facts/windows.ts";
import { foldFirst, foldNext } from "../../runtime/ledger/fold/fold.ts";
import type { Entry, LedgerRecord } from "../../runtime/ledger/record.ts";
import type { SessionState } from "../../runtime/ledger/state.ts";
import type { Effect } from "../../schema/envelope.ts";
import { figure } from "../figure.ts";
import { Brute } from "./brute.ts";
import {
  activation,
  allow,
  approve,
  consume,
  entry,
  envelope,
  hashOf,
  type Later,
  notAllowed,
  release,
  settle,
} from "./entries.ts";

/** Milliseconds: so that histories take minutes, and whole seconds tell approvals apart. */
const tick = 250;
const numRuns = Number(process.env.AMBIT_LEDGER_RUNS ?? 100);
const effects = ["pay", "plan"];
const buckets = [undefined, '"a"', '"b"'];
const proposals = ["p", "q"];
const roles = ["risk"];

interface Move {
  readonly kind: number;
  /** Ticks since the last record; less than zero for a clock that goes back. */
  readonly step: number;
  readonly pick: number;
  readonly amount: number;
  readonly name: number;
}

const moves = fc.array(
  fc.record<Move>({
    kind: fc.integer({ min: 0, max: 99 }),
    step: fc.integer({ min: -1, max: 8 }),
    pick: fc.nat(40),
    amount: fc.nat(9),
    name: fc.nat(11),
  }),
  { minLength: 5, maxLength: 60, size: "max" },
);

/** What somebody might write next; often wrong, seldom by much. */
function entryOf({ kind, step, pick, amount, name }: Move, before: readonly LedgerRecord[]): Entry<Later> {
  const at = Math.max(0, before.at(-1)!.at + step * tick);
  const some = <T>(list: readonly T[], index: number) => list[index % list.length]!;
  const allows = before.filter(({ type, body }) => type === "decided" && "reservation" in body);
  const decided = allows.at(-1 - (pick % 4))?.seq ?? 2;
  const redeemed = before.flatMap(({ type, body }) => (type === "consumed" && "decided" in body ? [body.decided] : []));
  const jti = amount === 0 ? "forged" : "t";
  const bucket = some(buckets, name);
  const charge = bucket === undefined ? { amount } : { amount, bucket };
  const proposal = some(proposals, name);
  const named = pick % 5 === 0 ? { proposalId: `id-${name}` } : {};
  if (kind < 30) {
    const charges = { "budgets/spend": charge, "budgets/actions": { amount: 1 } };
    return allow(at, { effect: some(effects, pick), charges, expiresAt: at + (1 + pick) * tick, proposal, ...named });
  }
  if (kind < 33) return notAllowed("hold", at, { proposal, ...named, expiresAt: at + pick * tick });
  if (kind < 36) return notAllowed("deny", at, { proposal, ...named });
  if (kind < 56) return consume(at, decided, jti);
  if (kind < 71) {
    const settled = pick % 5 === 0 ? decided : (redeemed.at(-1 - (pick % 3)) ?? decided);
    const reserved = before[settled - 1]?.body;
    const spend =
      reserved !== undefined && "reservation" in reserved ? reserved.reservation?.charges["budgets/spend"] : undefined;
    const most = name === 11 ? (spend?.amount ?? 0) + 1 : Math.min(amount, spend?.amount ?? 0);
    const isUnknown = name === 5;
    // What nobody knows is charged in full.
    const amounts = isUnknown ? {} : { "budgets/spend": most };
    const outcome = isUnknown ? "unknown" : name % 3 === 0 ? "not_executed" : "executed";
    return settle(at, settled, { outcome, amounts, receipt: "jws", results: { order: `o-${amount}` } });
  }
  if (kind < 81) return release(at, decided, jti);
  if (kind < 90) {
    const decision = amount > 6 ? "refuse" : "approve";
    const iat = Math.max(0, Math.floor(at / 1000) + 1 - (pick % 5));
    const digest = hashOf(`${before.length} ${at}`);
    const rest = {
      proposalHash: hashOf(proposal),
      person: `person-${name % 3}`,
      iat,
      exp: iat + 1 + (pick % 9),
      decision,
      digest,
    } as const;
    return approve(at, rest);
  }
  if (kind < 94) return entry("evidence", at, { name: "perimeter", seenAt: Math.max(0, at - amount * tick) });
  if (kind === 94 && name < 4) return entry("killed", at, { signal: "kill/env_1" });
  if (kind === 95) return entry("halted", at, { breaker: "loss", action: "halt" });
  if (kind === 96) return entry("incident", at, { code: "ENGINE_FAILURE", message: "", freezes: name % 2 === 0 });
  return entry("resumed", at, { approvals: [`a${before.length}`, `b${before.length}`] });
}

/** Everything that the engines will be told, once by the fold and once by brute force. */
function compare(state: SessionState, brute: Brute, now: number): void {
  const { killed, halted, phase } = state;
  expect({ killed, halted, phase }).toEqual(brute.life);
  for (const bucket of buckets) expect(state.sums.of("budgets/spend", bucket)).toBe(brute.sum("budgets/spend", bucket));
  expect(state.sums.of("budgets/actions")).toBe(brute.sum("budgets/actions"));
  for (const effect of effects) {
    for (const length of [1, 10, 60].map((ticks) => ticks * tick))
      expect(allowedWithin(state.allows.get(effect) ?? [], now, length)).toBe(brute.allowedWithin(effect, now, length));
    expect(state.last.get(effect)).toBe(brute.last(effect));
    expect([...(state.produced.get(`${effect}/order`) ?? [])]).toEqual(brute.produced(effect, "order"));
  }
  expect([...state.reservations.keys()]).toEqual(brute.open);
  for (const proposal of proposals) {
    const rule = { approval: { keys: 1, roles } } as unknown as Effect;
    const counted = approvalsOf("pay", rule, saidOf(state, hashOf(proposal)), now);
    expect(counted).toEqual([
      ["effects/pay/approval", brute.approvals("effects/pay/approval", hashOf(proposal), roles, now)],
    ]);
  }
  expect(state.evidence.get("perimeter")).toBe(brute.evidence("perimeter"));
}

test("a random history, clocks that go back among it, folds to what brute force counts", { timeout: 900_000 }, () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(moves, (given) => {
      const { record: first } = sealFirst(activation(), envelope);
      const folded = foldFirst(first, first.session);
      if (!folded.ok) throw new Error(folded.problem.message);
      const { state } = folded;
      const records: LedgerRecord[] = [first];
      for (const move of given) {
        const brute = new Brute(records);
        const { record } = seal(entryOf(move, records), state.end.head, state.end);
        const problem = foldNext(state, record);
        expect(problem === undefined, `${record.type}: ${problem?.message}`).toBe(brute.admits(record));
        const outcome = `${record.type} ${problem?.code ?? "taken"}`;
        seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
        if (problem === undefined) records.push(record);
        compare(state, new Brute(records), records.at(-1)!.at + (move.pick % 7) * tick);
      }
    }),
    { numRuns },
  );
  const taken = [...seen].filter(([outcome]) => outcome.endsWith(" taken")).reduce((sum, [, count]) => sum + count, 0);
  const all = [...seen.values()].reduce((sum, count) => sum + count, 0);
  figure(`${numRuns} random histories fold as brute force counts: ${taken} records taken, ${all - taken} refused`);
  for (const outcome of [
    "consumed taken",
    "settled taken",
    "released taken",
    "consumed RESERVATION_MISSING",
    "decided CLOCK_REGRESSION",
    "approval taken",
    "approval APPROVAL_LIFETIME",
    "approval APPROVAL_LATE",
  ])
    expect(seen.get(outcome) ?? 0, outcome).toBeGreaterThan(0);
});
