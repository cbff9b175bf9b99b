/** From a hold to a decision: people's words, late, twice, refused and revoked, and the state of the moment after them. */
import { describe, expect, test } from "vitest";
import { replay } from "../../runtime/audit/replay.ts";
import type { LedgerRecord } from "../../runtime/ledger/record.ts";
import { proposalHash as hashOf } from "../../runtime/proposal-hash.ts";
import { registered } from "../people/people.ts";
import { caller, pay, start } from "./gateway.ts";
import { ann, begin, bob, bound, eve, openAsking, peopleOf, word } from "./holds.ts";

const hour = 3_600_000;
const held = { verdict: "hold", code: "APPROVAL_REQUIRED", primary: bound };
const appended = { outcome: "appended" };
const late = { outcome: "refused", problem: { code: "APPROVAL_LATE" } };
const tooEarly = { outcome: "refused", problem: { code: "APPROVAL_TOO_EARLY" } };

describe("what is held", () => {
  test("is decided again once people have approved it, and uses their approvals up", async () => {
    const gateway = await openAsking();
    const { session } = gateway;
    const { proposalHash } = await session.propose(pay("5.00"), caller);
    expect(await session.approve(await word(gateway, "ann", proposalHash))).toMatchObject(appended);
    expect(await session.propose(pay("5.00"), caller)).toMatchObject(held);
    expect(await session.approve(await word(gateway, "bob", proposalHash))).toMatchObject(appended);
    expect(await session.propose(pay("5.00"), caller)).toMatchObject({ verdict: "allow" });
    expect(await session.propose(pay("5.00"), caller)).toMatchObject(held);
  });

  test("is denied after all, where the state of that moment says so", async () => {
    const gateway = await openAsking({ approval: { keys: 1, roles: ["risk"] } });
    const { session } = gateway;
    const all = ["5.00", "4.99", "4.98", "4.97", "4.96"];
    const hashes = [];
    for (const amount of all) {
      const { verdict, proposalHash } = await session.propose(pay(amount), caller);
      expect(verdict).toBe("hold");
      hashes.push(proposalHash);
    }
    for (const hash of hashes) await session.approve(await word(gateway, "ann", hash));
    const verdicts = [];
    for (const amount of all) verdicts.push(await session.propose(pay(amount), caller));
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(["allow", "allow", "allow", "allow", "deny"]);
    expect(verdicts.at(-1)).toMatchObject({ code: "BUDGET_EXCEEDED" });
  });

  test("needs new approvals where anything of it is changed", async () => {
    const gateway = await openAsking({ approval: { keys: 1, roles: ["risk"] } });
    const { session } = gateway;
    const { proposalHash } = await session.propose(pay("5.00"), caller);
    await session.approve(await word(gateway, "ann", proposalHash));
    expect(await session.propose(pay("4.99"), caller)).toMatchObject(held);
    expect(await session.propose(pay("5.00", {}, { payee: "bob" }), caller)).toMatchObject(held);
    expect(await session.propose(pay("5.00", { id: "a" }), caller)).toMatchObject(held);
    expect(await session.propose(pay("5.00"), caller)).toMatchObject({ verdict: "allow" });
  });

  test("waits on, whatever is denied to a stranger who proposes the same", async () => {
    const gateway = await openAsking({ approval: { keys: 1, roles: ["risk"] } });
    const { session } = gateway;
    const { proposalHash } = await session.propose(pay("5.00"), caller);
    expect(await session.propose(pay("5.00"), { principal: "agent:other" })).toMatchObject({ verdict: "deny" });
    expect(await session.approve(await word(gateway, "ann", proposalHash))).toMatchObject(appended);
  });
});

describe("an approval that comes late lifts nothing", () => {
  test("after its hold has expired; the proposal comes again, and needs new ones", async () => {
    const gateway = await openAsking({}, { holdSeconds: 60 });
    const { session, time } = gateway;
    const { proposalHash } = await session.propose(pay("5.00"), caller);
    await session.approve(await word(gateway, "ann", proposalHash));
    time.now += 60_000;
    expect(await session.approve(await word(gateway, "bob", proposalHash))).toMatchObject(late);
    expect(await session.propose(pay("5.00"), caller)).toMatchObject(held);
    time.now += 1_000;
    expect(await session.approve(await word(gateway, "bob", proposalHash))).toMatchObject(appended);
    expect(await session.propose(pay("5.00"), caller)).toMatchObject(held);
    expect(await session.approve(await word(gateway, "ann", proposalHash))).toMatchObject(appended);
    expect(await session.propose(pay("5.00"), caller)).toMatchObject({ verdict: "allow" });
  });

  test("after a hold that was proposed again and again, which gives it no more time", async () => {
    const gateway = await openAsking({}, { holdSeconds: 60 });
    const { session, time, records } = gateway;
    const { proposalHash } = await session.propose(pay("5.00"), caller);
    time.now += 59_999;
    await session.propose(pay("5.00"), caller);
    const ends = (await records()).flatMap(({ type, body }) => (type === "decided" ? [body.expiresAt] : []));
    expect(ends).toEqual([start + 60_000, start + 60_000]);
    time.now += 1;
    expect(await session.approve(await word(gateway, "ann", proposalHash))).toMatchObject(late);
  });

  test("after the proposal was allowed, or denied", async () => {
    const gateway = await openAsking({ approval: { keys: 1, roles: ["risk"] } });
    const { session, time } = gateway;
    const { proposalHash } = await session.propose(pay("5.00"), caller);
    await session.approve(await word(gateway, "ann", proposalHash));
    await session.propose(pay("5.00"), caller);
    expect(await session.approve(await word(gateway, "bob", proposalHash))).toMatchObject(late);
    const other = await session.propose(pay("4.00"), caller);
    time.now += 6 * hour - 1;
    await session.record((at) => ({ type: "halted", at, body: { breaker: "b", action: "halt" } }));
    expect(await session.propose(pay("4.00"), caller)).toMatchObject({ verdict: "deny" });
    expect(await session.approve(await word(gateway, "ann", other.proposalHash))).toMatchObject(late);
  });

  test("after the envelope has ended, or the session was closed", async () => {
    const gateway = await openAsking();
    const { session, time } = gateway;
    const { proposalHash } = await session.propose(pay("5.00"), caller);
    time.now += 7 * hour;
    expect(await session.approve(await word(gateway, "ann", proposalHash))).toMatchObject({ code: "SESSION_ENDED" });
    const other = await openAsking();
    const second = await other.session.propose(pay("5.00"), caller);
    await other.session.close();
    expect(await other.session.approve(await word(other, "ann", second.proposalHash))).toMatchObject({
      outcome: "refused",
      problem: { code: "SESSION_NOT_ACTIVE" },
    });
  });

  test("signed before its proposal was held again, once it was allowed", async () => {
    const gateway = await openAsking({ approval: { keys: 1, roles: ["risk"] } });
    const { session, time } = gateway;
    const { proposalHash } = await session.propose(pay("5.00"), caller);
    const spare = await word(gateway, "bob", proposalHash);
    await session.approve(await word(gateway, "ann", proposalHash));
    expect(await session.propose(pay("5.00"), caller)).toMatchObject({ verdict: "allow" });
    time.now += 999;
    expect(await session.propose(pay("5.00"), caller)).toMatchObject(held);
    expect(await session.approve(spare)).toMatchObject(tooEarly);
    // Signatures tell whole seconds: nobody knows whether it came before.
    expect(await session.approve(await word(gateway, "bob", proposalHash))).toMatchObject(tooEarly);
    expect(await session.propose(pay("5.00"), caller)).toMatchObject(held);
    time.now += 1;
    expect(await session.approve(await word(gateway, "bob", proposalHash))).toMatchObject(appended);
    expect(await session.propose(pay("5.00"), caller)).toMatchObject({ verdict: "allow" });
  });

  test("signed before its proposal was held again, once the first hold had expired", async () => {
    const gateway = await openAsking({ approval: { keys: 1, roles: ["risk"] } }, { holdSeconds: 60 });
    const { session, time } = gateway;
    const { proposalHash } = await session.propose(pay("5.00"), caller);
    const early = await word(gateway, "ann", proposalHash);
    time.now += 60_000;
    await session.propose(pay("5.00"), caller);
    expect(await session.approve(early)).toMatchObject(tooEarly);
    const fresh = await word(gateway, "bob", proposalHash);
    time.now += 1_000;
    // It waits on: what was signed for it stays good.
    expect(await session.propose(pay("5.00"), caller)).toMatchObject(held);
    expect(await session.approve(fresh)).toMatchObject(appended);
    expect(await session.propose(pay("5.00"), caller)).toMatchObject({ verdict: "allow" });
  });

  test("signed ahead, beside the one that was used up before anything was held", async () => {
    const gateway = await openAsking({ approval: { keys: 1, roles: ["risk"] } });
    const { session } = gateway;
    const hash = hashOf(pay("5.00")) ?? null;
    const [first, spare] = [await word(gateway, "ann", hash), await word(gateway, "bob", hash)];
    expect(await session.approve(first)).toMatchObject(appended);
    expect(await session.propose(pay("5.00"), caller)).toMatchObject({ verdict: "allow" });
    expect(await session.approve(spare)).toMatchObject(late);
    expect(await session.propose(pay("5.00"), caller)).toMatchObject(held);
    expect(await session.approve(await word(gateway, "bob", hash))).toMatchObject(appended);
  });

  test("in the second of another one by the same person: which of the two counts, nobody could tell", async () => {
    const gateway = await openAsking();
    const { session, time } = gateway;
    const { proposalHash } = await session.propose(pay("5.00"), caller);
    expect(await session.approve(await word(gateway, "bob", proposalHash, { roles: ["desk", "risk"] }))).toMatchObject(
      appended,
    );
    const repeated = { outcome: "refused", problem: { code: "APPROVAL_REPEATED" } };
    expect(await session.approve(await word(gateway, "bob", proposalHash))).toMatchObject(repeated);
    time.now += 1_000;
    expect(await session.approve(await word(gateway, "bob", proposalHash))).toMatchObject(appended);
  });

  test("when it comes twice", async () => {
    const gateway = await openAsking();
    const { proposalHash } = await gateway.session.propose(pay("5.00"), caller);
    const text = await word(gateway, "ann", proposalHash);
    expect(await gateway.session.approve(text)).toMatchObject(appended);
    expect(await gateway.session.approve(text)).toMatchObject({ problem: { code: "APPROVAL_REPEATED" } });
    expect(await gateway.session.propose(pay("5.00"), caller)).toMatchObject(held);
  });
});

describe("a refusal", () => {
  const refuse = { decision: "refuse" } as const;
  const denied = { verdict: "deny", code: "APPROVAL_REFUSED", primary: bound, token: null };

  test("is final for that proposal, whoever approves it then", async () => {
    const gateway = await openAsking({ approval: { keys: 1, roles: ["risk"] } });
    const { session, time } = gateway;
    const { proposalHash } = await session.propose(pay("5.00"), caller);
    expect(await session.approve(await word(gateway, "ann", proposalHash, refuse))).toMatchObject(appended);
    time.now += 1_000;
    await session.approve(await word(gateway, "bob", proposalHash));
    await session.approve(await word(gateway, "ann", proposalHash));
    expect(await session.propose(pay("5.00"), caller)).toMatchObject(denied);
    time.now += 2 * hour;
    expect(await session.propose(pay("5.00"), caller)).toMatchObject(denied);
    expect(await session.propose(pay("4.99"), caller)).toMatchObject(held);
  });

  test("stays when its key is revoked", async () => {
    const gateway = await openAsking({ approval: { keys: 1, roles: ["risk"] } });
    const { session } = gateway;
    const { proposalHash } = await session.propose(pay("5.00"), caller);
    await session.approve(await word(gateway, "ann", proposalHash, refuse));
    await session.usePeople(await peopleOf(bob));
    expect(await session.propose(pay("5.00"), caller)).toMatchObject(denied);
  });

  test("by somebody who could not have approved is none", async () => {
    const gateway = await openAsking();
    const { proposalHash } = await gateway.session.propose(pay("5.00"), caller);
    const text = await word(gateway, "eve", proposalHash, { ...refuse, roles: ["desk"] });
    expect(await gateway.session.approve(text)).toMatchObject({ outcome: "denied", code: "APPROVAL_ROLE" });
    expect(await gateway.session.propose(pay("5.00"), caller)).toMatchObject(held);
  });

  test("is recorded beside what the engines said, and replays as it was", async () => {
    const gateway = await openAsking();
    const { session, evaluator, records } = gateway;
    const { proposalHash } = await session.propose(pay("5.00"), caller);
    await session.approve(await word(gateway, "ann", proposalHash, refuse));
    await session.propose(pay("5.00"), caller);
    const record = (await records()).at(-1) as LedgerRecord<"decided">;
    expect(record.body).toMatchObject({
      verdict: "deny",
      engines: [
        { engine: "cedar", verdict: "hold", violations: [bound] },
        { engine: "rego", verdict: "hold", violations: [bound] },
      ],
    });
    const judge = (request: object) => ({ verdict: evaluator.judge(request) });
    expect(replay(record, judge, ["cedar", "rego"])).toEqual({ outcome: "replayed", differences: [] });
    const allowing = { ...record, body: { ...record.body, verdict: "allow" as const } };
    expect(replay(allowing, judge, ["cedar", "rego"])).toMatchObject({ differences: [{ what: "verdict" }] });
  });
});

describe("a key that is revoked while the session runs", () => {
  test("takes its approvals with it, and a new key of the same person approves", async () => {
    const gateway = await openAsking();
    const { session, time } = gateway;
    const { proposalHash } = await session.propose(pay("5.00"), caller);
    await session.approve(await word(gateway, "ann", proposalHash));
    await session.approve(await word(gateway, "bob", proposalHash));
    const fresh = { ...registered("ann-2", ["risk"]), person: "ann" };
    time.now += 1_000;
    const revokedAt = new Date(time.now).toISOString();
    expect(await session.usePeople(await peopleOf({ ...ann, revokedAt }, fresh, bob))).toMatchObject(appended);
    expect(await session.propose(pay("5.00"), caller)).toMatchObject(held);
    expect(await session.approve(await word(gateway, "ann", proposalHash))).toMatchObject({ code: "APPROVAL_KEY" });
    time.now += 1_000;
    expect(await session.approve(await word(gateway, "ann-2", proposalHash))).toMatchObject(appended);
    expect(await session.propose(pay("5.00"), caller)).toMatchObject({ verdict: "allow" });
  });

  test.each([
    ["is not there any more", [bob]],
    ["has lost the role", [{ ...ann, roles: ["desk"] as [string] }, bob]],
    ["is another person's", [{ ...ann, person: "anna" }, bob]],
    ["counts later than it signed", [{ ...ann, from: new Date(start + 1).toISOString() }, bob]],
  ])("its approvals do not count once it %s", async (_, keys) => {
    const gateway = await openAsking();
    const { session } = gateway;
    const { proposalHash } = await session.propose(pay("5.00"), caller);
    await session.approve(await word(gateway, "ann", proposalHash));
    await session.approve(await word(gateway, "bob", proposalHash));
    await session.usePeople(await peopleOf(...keys));
    expect(await session.propose(pay("5.00"), caller)).toMatchObject(held);
  });

  test("stays revoked, whatever registry comes", async () => {
    const gateway = await openAsking({ approval: { keys: 1, roles: ["risk"] } });
    const { session } = gateway;
    const { proposalHash } = await session.propose(pay("5.00"), caller);
    await session.approve(await word(gateway, "ann", proposalHash));
    await session.usePeople(await peopleOf(bob));
    const rolledBack = { outcome: "refused", problem: { code: "PEOPLE_ROLLED_BACK" } };
    expect(await session.usePeople(await peopleOf(ann, bob, eve))).toMatchObject(rolledBack);
    await session.usePeople(await peopleOf(ann, bob));
    expect(await session.propose(pay("5.00"), caller)).toMatchObject(held);
    expect(await session.approve(await word(gateway, "ann", proposalHash))).toMatchObject({ code: "APPROVAL_KEY" });
    const otherKey = { ...bob, jwk: eve.jwk };
    expect(await session.usePeople(await peopleOf(otherKey))).toMatchObject(rolledBack);
  });

  test.each([
    ["revoked it before", [{ ...ann, revokedAt: new Date(start).toISOString() }, bob]],
    ["left it out before", [bob]],
  ])("stays revoked under another name, where a registry %s", async (_, keys) => {
    const gateway = await openAsking({ approval: { keys: 1, roles: ["risk"] } });
    const { session } = gateway;
    const { proposalHash } = await session.propose(pay("5.00"), caller);
    await session.usePeople(await peopleOf(...keys));
    const renamed = { ...ann, kid: "ann-again", person: "annabel", jwk: { ...ann.jwk } };
    expect(await session.usePeople(await peopleOf(renamed, bob))).toMatchObject(appended);
    const text = await word(gateway, "ann", proposalHash, {}, "ann-again");
    expect(await session.approve(text)).toMatchObject({ code: "APPROVAL_KEY" });
    expect(await session.propose(pay("5.00"), caller)).toMatchObject(held);
  });

  test("leaves its name to no other key, once a registry has left it out", async () => {
    const gateway = await openAsking({ approval: { keys: 1, roles: ["risk"] } });
    const { session } = gateway;
    const { proposalHash } = await session.propose(pay("5.00"), caller);
    await session.usePeople(await peopleOf(bob));
    await session.usePeople(await peopleOf({ ...registered("mallory", ["risk"]), kid: "ann", person: "ann" }, bob));
    const text = await word(gateway, "mallory", proposalHash, {}, "ann");
    expect(await session.approve(text)).toMatchObject({ code: "APPROVAL_KEY" });
  });

  test("counts under another name, where no registry has revoked it, but not for what it approved before", async () => {
    const gateway = await openAsking({ approval: { keys: 1, roles: ["risk"] } });
    const { session } = gateway;
    const { proposalHash } = await session.propose(pay("5.00"), caller);
    await session.approve(await word(gateway, "ann", proposalHash));
    const renamed = { ...ann, kid: "ann-again", jwk: { ...ann.jwk } };
    await session.usePeople(await peopleOf(renamed, bob));
    expect(await session.propose(pay("5.00"), caller)).toMatchObject(held);
    const text = await word(gateway, "ann", proposalHash, { exp: begin + 500 }, "ann-again");
    expect(await session.approve(text)).toMatchObject({ outcome: "refused", problem: { code: "APPROVAL_REPEATED" } });
    gateway.time.now += 1_000;
    expect(await session.approve(await word(gateway, "ann", proposalHash, {}, "ann-again"))).toMatchObject(appended);
    expect(await session.propose(pay("5.00"), caller)).toMatchObject({ verdict: "allow" });
  });

  test("is known to another process at the same ledger", async () => {
    const gateway = await openAsking({ approval: { keys: 1, roles: ["risk"] } });
    const other = await gateway.reopen();
    const { proposalHash } = await gateway.session.propose(pay("5.00"), caller);
    await gateway.session.approve(await word(gateway, "ann", proposalHash));
    await gateway.session.usePeople(await peopleOf(bob));
    expect(await other.propose(pay("5.00"), caller)).toMatchObject(held);
    expect(await gateway.session.usePeople(await peopleOf(bob))).toEqual({ outcome: "unchanged" });
  });
});

describe("an approval is not recorded", () => {
  test.each<readonly [what: string, code: string, rest: Parameters<typeof word>[3]]>([
    ["for another session", "APPROVAL_SESSION", { session: "another" }],
    ["for another envelope", "APPROVAL_ENVELOPE", { envelope: `sha256:${"0".repeat(64)}` }],
    ["in a role that is not asked for", "APPROVAL_ROLE", { roles: ["desk"] }],
    ["of a bound that people do not lift", "APPROVAL_BOUND", { bound: "effects/cancel/approval" }],
    ["of a transition", "APPROVAL_BOUND", { bound: undefined, proposalHash: undefined, transition: "resume" }],
    ["that begins later", "APPROVAL_NOT_YET_VALID", { iat: begin + 1 }],
    ["that has ended", "APPROVAL_EXPIRED", { iat: begin - 10, exp: begin }],
  ])("%s", async (_, code, rest) => {
    const gateway = await openAsking();
    const { proposalHash } = await gateway.session.propose(pay("5.00"), caller);
    const before = (await gateway.records()).length;
    const text = await word(gateway, "bob", proposalHash, rest);
    expect(await gateway.session.approve(text)).toMatchObject({ outcome: "denied", code });
    expect((await gateway.records()).length).toBe(before);
  });

  test("by the agent itself, whatever the registry says of him", async () => {
    const gateway = await openAsking({ approval: { keys: 1, roles: ["risk"] } });
    const { session } = gateway;
    await session.usePeople(await peopleOf(ann, registered("agent:s7", ["risk"])));
    const { proposalHash } = await session.propose(pay("5.00"), caller);
    const text = await word(gateway, "agent:s7", proposalHash);
    expect(await session.approve(text)).toMatchObject({ outcome: "denied", code: "APPROVAL_KEY" });
    expect(await session.propose(pay("5.00"), caller)).toMatchObject(held);
  });

  test("by a key that only the given registry has, and not the one in force", async () => {
    const gateway = await openAsking();
    const { proposalHash } = await gateway.session.propose(pay("5.00"), caller);
    const mallory = await peopleOf(registered("mallory", ["risk"]));
    const text = await word(gateway, "mallory", proposalHash);
    expect(await gateway.session.approve(text, mallory)).toMatchObject({ outcome: "denied", code: "APPROVAL_KEY" });
  });

  test("by a key that only the given registry has, where the host names nobody", async () => {
    const gateway = await openAsking();
    const { proposalHash } = await gateway.session.propose(pay("5.00"), caller);
    const late = await gateway.reopen();
    const mallory = await peopleOf(registered("mallory", ["risk"]));
    const text = await word(gateway, "mallory", proposalHash);
    expect(await late.approve(text, mallory)).toMatchObject({ outcome: "denied", code: "APPROVAL_KEY" });
  });

  test("changed after it was signed", async () => {
    const gateway = await openAsking();
    const { proposalHash } = await gateway.session.propose(pay("5.00"), caller);
    const { approval, jws } = JSON.parse(await word(gateway, "ann", proposalHash, { decision: "refuse" }));
    const forged = JSON.stringify({ approval: { ...approval, decision: "approve" }, jws });
    expect(await gateway.session.approve(forged)).toMatchObject({ code: "APPROVAL_SIGNATURE" });
  });
});
