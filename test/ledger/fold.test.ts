/** What a ledger cannot say, and what it comes to. */
import { describe, expect, test } from "vitest";
import { foldFirst } from "../../runtime/ledger/fold/fold.ts";
import type { Entry } from "../../runtime/ledger/record.ts";
import { expiredReservations } from "../../runtime/ledger/state.ts";
import {
  activation,
  allow,
  approve,
  chainOf,
  consume,
  entry,
  fold,
  hashOf,
  type Later,
  notAllowed,
  release,
  settle,
  witnessOf,
} from "./entries.ts";

const spend = (amount: number, bucket?: string) => ({
  "budgets/spend": bucket === undefined ? { amount } : { amount, bucket },
});
const killed = entry("killed", 1, { signal: "kill/env_1" });
const halted = entry("halted", 1, { breaker: "loss", action: "halt" });
const frozen = entry("incident", 1, { code: "OVERSPENT", message: "", freezes: true });
const witnessed = witnessOf(1, []);
const closed = entry("closed", 1, { as: "completed" });
const resumed = entry("resumed", 2, { approvals: ["a", "b"] });
const most = Number.MAX_SAFE_INTEGER;

const refused: Readonly<Record<string, readonly [code: string, ...history: readonly Entry<Later>[]]>> = {
  "a clock that goes back": ["CLOCK_REGRESSION", allow(5), notAllowed("deny", 4)],
  "anything after the close": [
    "SESSION_NOT_ACTIVE",
    witnessed,
    closed,
    entry("evidence", 2, { name: "perimeter", seenAt: 1 }),
  ],
  "an allow after the kill": ["KILLED", killed, allow(2)],
  "an allow while halted": ["CIRCUIT_BREAKER_ACTIVE", halted, allow(2)],
  "an allow while frozen": ["SESSION_NOT_ACTIVE", frozen, allow(2)],
  "a redemption after the kill": ["KILLED", allow(1), killed, consume(2, 2)],
  "a redemption while halted": ["CIRCUIT_BREAKER_ACTIVE", allow(1), halted, consume(2, 2)],
  "a redemption while frozen": ["SESSION_NOT_ACTIVE", allow(1), frozen, consume(2, 2)],
  "a redemption of nothing": ["RESERVATION_MISSING", consume(2, 2)],
  "a redemption of a denial": ["RESERVATION_MISSING", notAllowed("deny", 1), consume(2, 2)],
  "a redemption by another token": ["RESERVATION_MISSING", allow(1), consume(2, 2, "forged")],
  "a second redemption": ["RESERVATION_MISSING", allow(1), consume(2, 2), consume(3, 2)],
  "a redemption after the settlement": ["RESERVATION_MISSING", allow(1), consume(2, 2), settle(3, 2), consume(4, 2)],
  "a redemption after the release": ["RESERVATION_MISSING", allow(1), release(40, 2), consume(41, 2)],
  "a redemption in the moment of expiry": ["TOKEN_LIFETIME", allow(1, { expiresAt: 10 }), consume(10, 2)],
  "a settlement without redemption": ["RESERVATION_MISSING", allow(1), settle(2, 2)],
  "a second settlement": ["RESERVATION_MISSING", allow(1), consume(2, 2), settle(3, 2), settle(4, 2)],
  "a settlement by another token": ["RESERVATION_MISSING", allow(1), consume(2, 2), settle(3, 2, { jti: "forged" })],
  "a release before expiry": ["TOKEN_LIFETIME", allow(1, { expiresAt: 10 }), release(9, 2)],
  "a release of what was redeemed": ["RESERVATION_MISSING", allow(1), consume(2, 2), release(40, 2)],
  "a second release": ["RESERVATION_MISSING", allow(1), release(40, 2), release(41, 2)],
  "less than reserved without a receipt": [
    "RECEIPT_MISSING",
    allow(1, { charges: spend(10) }),
    consume(2, 2),
    settle(3, 2, { outcome: "not_executed", amounts: { "budgets/spend": 0 } }),
  ],
  "less than reserved for an unknown outcome": [
    "RECORD_INCONSISTENT",
    allow(1, { charges: spend(10) }),
    consume(2, 2),
    settle(3, 2, { outcome: "unknown", receipt: "jws", amounts: { "budgets/spend": 9 } }),
  ],
  "an amount of what was not reserved": [
    "RECORD_INCONSISTENT",
    allow(1, { charges: spend(10) }),
    consume(2, 2),
    settle(3, 2, { receipt: "jws", amounts: { "budgets/fees": 1 } }),
  ],
  "a call given back by a settlement": [
    "RECORD_INCONSISTENT",
    allow(1, { charges: { "budgets/actions": { amount: 1 } } }),
    consume(2, 2),
    settle(3, 2, { receipt: "jws", outcome: "not_executed", amounts: { "budgets/actions": 0 } }),
  ],
  "a sum beyond exact integers": ["SUM_OVERFLOW", allow(1, { charges: spend(most) }), allow(2, { charges: spend(1) })],
  "an actual amount beyond exact integers": [
    "SUM_OVERFLOW",
    allow(1, { charges: spend(most - 1) }),
    allow(2, { charges: spend(1) }),
    consume(3, 3),
    settle(4, 3, { amounts: { "budgets/spend": 2 } }),
  ],
  "an allow whose token has expired": ["TOKEN_LIFETIME", allow(5, { expiresAt: 5 })],
  "an allow without an effect": ["RECORD_INCONSISTENT", allow(1, { effect: "" })],
  "an allow without a reservation": [
    "RECORD_INCONSISTENT",
    { ...notAllowed("deny", 1), body: { ...notAllowed("deny", 1).body, verdict: "allow", violations: [] } },
  ],
  "a denial with a reservation": [
    "RECORD_INCONSISTENT",
    { ...allow(1), body: { ...allow(1).body, verdict: "deny", violations: notAllowed("deny", 1).body.violations } },
  ],
  "a denial without a reason": [
    "RECORD_INCONSISTENT",
    { ...notAllowed("deny", 1), body: { ...notAllowed("deny", 1).body, violations: [] } },
  ],
  "a request judged at another time": ["RECORD_INCONSISTENT", { ...allow(1), at: 2 }],
  "a second verdict on an allowed proposal": [
    "PROPOSAL_REPEATED",
    allow(1, { proposalId: "a" }),
    allow(2, { proposalId: "a" }),
  ],
  "a second verdict on a denied proposal": [
    "PROPOSAL_REPEATED",
    notAllowed("deny", 1, { proposalId: "a" }),
    allow(2, { proposalId: "a" }),
  ],
  "another proposal under an id on hold": [
    "PROPOSAL_REPEATED",
    notAllowed("hold", 1, { proposalId: "a" }),
    allow(2, { proposalId: "a", proposal: "another" }),
  ],
  "an approval given twice": ["APPROVAL_REPEATED", approve(1), approve(2, { digest: approve(1).body.digest })],
  "an approval that an allow has used up": [
    "APPROVAL_REPEATED",
    approve(1),
    allow(2),
    approve(3, { digest: approve(1).body.digest }),
  ],
  "an approval before it was given": ["APPROVAL_LIFETIME", approve(1_999, { iat: 2, exp: 3 })],
  "an approval at its end": ["APPROVAL_LIFETIME", approve(2_000, { iat: 1, exp: 2 })],
  "an approval of nothing": ["RECORD_INCONSISTENT", approve(1, { bound: undefined, proposalHash: undefined })],
  "an approval of a bound and a transition": ["RECORD_INCONSISTENT", approve(1, { transition: "resume" })],
  "an approval of a bound of no proposal": ["RECORD_INCONSISTENT", approve(1, { proposalHash: undefined })],
  "evidence from the future": ["RECORD_INCONSISTENT", entry("evidence", 1, { name: "perimeter", seenAt: 2 })],
  "the resumption of a running session": ["RECORD_INCONSISTENT", resumed],
  "the resumption of a killed session": ["KILLED", killed, resumed],
};

describe("a ledger cannot say", () => {
  test.each(Object.entries(refused))("%s", (_, [code, ...history]) => {
    const { problem } = fold(...history);
    expect(problem).toMatchObject({ code, seq: history.length + 1 });
  });

  test("that a session begins without an activation", () => {
    const [, { record }] = chainOf([{ ...allow(0) }]) as [unknown, { record: Parameters<typeof foldFirst>[0] }];
    expect(foldFirst(record, record.session)).toMatchObject({ ok: false, problem: { code: "CHAIN_BROKEN" } });
  });
});

describe("a reservation", () => {
  const sums = (...history: readonly Entry<Later>[]) => fold(...history).state.sums;

  test("is held from the allow on, by bucket", () => {
    const held = sums(allow(1, { charges: spend(10, '"a"') }), allow(2, { charges: spend(5, '"b"') }));
    expect([held.of("budgets/spend", '"a"'), held.of("budgets/spend", '"b"'), held.of("budgets/spend")]).toEqual([
      10, 5, 0,
    ]);
  });

  test("is charged in full where the settlement says nothing else", () => {
    expect(sums(allow(1, { charges: spend(10) }), consume(2, 2), settle(3, 2)).of("budgets/spend")).toBe(10);
  });

  test("returns in part with a receipt", () => {
    const actual = { receipt: "jws", amounts: { "budgets/spend": 4 } };
    expect(sums(allow(1, { charges: spend(10) }), consume(2, 2), settle(3, 2, actual)).of("budgets/spend")).toBe(4);
  });

  test("that was exceeded is charged as it was, and freezes the session", () => {
    const over = settle(3, 2, { amounts: { "budgets/spend": 11 } });
    const { state, problem } = fold(allow(1, { charges: spend(10) }), consume(2, 2), over);
    expect(problem).toBeUndefined();
    expect([state.sums.of("budgets/spend"), state.phase]).toEqual([11, "frozen"]);
  });

  test("returns whole when it is released, while the call stays counted in its window", () => {
    const { state } = fold(allow(1, { charges: spend(10) }), release(31, 2));
    expect([state.sums.of("budgets/spend"), state.allows.get("pay")]).toEqual([0, [1]]);
  });

  test("is due for release from its expiry on, unless it was redeemed", () => {
    const { state } = fold(
      allow(1, { expiresAt: 9 }),
      allow(2, { expiresAt: 5 }),
      allow(3, { expiresAt: 4 }),
      consume(3, 4),
    );
    const due = (now: number) => expiredReservations(state, now).map(({ decided }) => decided);
    expect([due(4), due(5), due(9)]).toEqual([[], [3], [2, 3]]);
  });
});

describe("a session", () => {
  test("knows how many signatures it was activated with", () => {
    const entry = activation();
    const [first] = chainOf([], { ...entry, body: { ...entry.body, signatures: ["a", "b"] } });
    const { record } = first!;
    expect(foldFirst(record, record.session)).toMatchObject({ state: { signatures: 2 } });
    expect(fold().state.signatures).toBe(0);
  });

  test("decides a proposal on hold again", () => {
    const { problem, state } = fold(notAllowed("hold", 1, { proposalId: "a" }), allow(2, { proposalId: "a" }));
    expect(problem).toBeUndefined();
    expect(state.proposals.get("a")).toMatchObject({ seq: 3, proposalHash: hashOf("p"), verdict: "allow" });
  });

  test("keeps the results and the time of executed effects only", () => {
    const settlement = (at: number, seq: number, outcome: "executed" | "unknown", id: string) => [
      allow(at),
      consume(at, seq),
      settle(at, seq, { outcome, results: { order: id } }),
    ];
    const { state } = fold(...settlement(1, 2, "executed", "o-1"), ...settlement(2, 5, "unknown", "o-2"));
    expect([...state.produced]).toEqual([["pay/order", new Set(["o-1"])]]);
    expect([...state.last]).toEqual([["pay", 1]]);
  });

  test("resumes after a halt and after a freeze", () => {
    for (const stop of [halted, frozen]) expect(fold(stop, resumed, allow(3)).problem).toBeUndefined();
  });

  test("does not stop for an incident that does not freeze", () => {
    expect(fold({ ...frozen, body: { ...frozen.body, freezes: false } }, allow(2)).problem).toBeUndefined();
  });

  test("keeps the latest evidence, whatever arrives later", () => {
    const seen = (at: number, seenAt: number) => entry("evidence", at, { name: "perimeter", seenAt });
    expect(fold(seen(5, 4), seen(6, 2)).state.evidence.get("perimeter")).toBe(4);
  });
});
