/** Whoever writes to the store, and has no key, gives nobody any authority: his records freeze the session before they are used. */
import { describe, expect, test } from "vitest";
import { neededTransitions } from "../../runtime/activation/transitions.ts";
import { signReceipt } from "../../runtime/authority/token/receipt.ts";
import type { Evaluator } from "../../runtime/evaluator.ts";
import { openLog, type SessionLog } from "../../runtime/ledger/log.ts";
import { verifyApproval } from "../../runtime/people/approval.ts";
import { readSigned } from "../../runtime/people/document.ts";
import { signPeopleDocument } from "../../runtime/people/sign.ts";
import { canonicalJson } from "../../schema/json/canonical.ts";
import type { ApprovalGiven } from "../../schema/ledger.ts";
import { keyPair } from "../authority/key-pairs.ts";
import { approvalText, registered, registryText } from "../people/people.ts";
import {
  caller,
  executors,
  type Gateway,
  type GatewayOptions,
  openGateway,
  pay,
  signers,
  start,
} from "../session/gateway.ts";
import { ann, begin, bob, eve, openAsking, peopleOf, word } from "../session/holds.ts";

const known = await peopleOf(ann, bob, eve);
const oneKey = { approval: { keys: 1, roles: ["risk"] } };

/** Past every check of a session, as somebody does who writes to its store. */
async function force({ store, session }: Gateway, entry: Parameters<SessionLog["append"]>[0]): Promise<void> {
  const opened = await openLog(store, session.id);
  if (!opened.ok) throw new Error(opened.fault.message);
  expect(await opened.log.append(entry)).toMatchObject({ outcome: "appended" });
}

async function given(text: string, context: Parameters<typeof verifyApproval>[2]): Promise<ApprovalGiven> {
  const verified = await verifyApproval(text, known, context);
  if (!verified.ok) throw new Error(verified.message);
  return verified.approval;
}

/** What a session would have recorded for a word of Ann. */
async function wordOfAnn(gateway: Gateway, proposalHash: string | null): Promise<ApprovalGiven> {
  const { envelope, session } = gateway.session.state.end;
  return given(await word(gateway, "ann", proposalHash), { envelope, session, now: gateway.time.now });
}

/** The two keys of every step that the activation takes. */
async function approvals({ envelope, envelopeDigest }: Evaluator): Promise<readonly ApprovalGiven[]> {
  const steps = neededTransitions(envelope).flatMap(({ transition }) => [
    { transition, person: "ann", roles: ["risk"] },
    { transition, person: "bob", roles: ["desk"] },
  ]);
  return Promise.all(
    steps.map(async ({ person, ...step }) => {
      const text = await approvalText(person, {
        envelope: envelopeDigest,
        ...step,
        iat: begin - 60,
        exp: begin + 3600,
      });
      return given(text, { envelope: envelopeDigest, session: undefined, now: start });
    }),
  );
}

const named = { people: known, approvals };

async function expectFrozen(gateway: Gateway, message: RegExp): Promise<void> {
  const incidents = (await gateway.records()).flatMap((record) => (record.type === "incident" ? [record.body] : []));
  expect(incidents).toMatchObject([{ code: "SIGNATURE_WRONG", freezes: true }]);
  expect(incidents[0]?.message).toMatch(message);
  expect(gateway.session.state.phase).toBe("frozen");
}

type Forge = (given: ApprovalGiven, gateway: Gateway) => Promise<string>;

const refuse = { decision: "refuse" } as const;
const forgeries: readonly (readonly [what: string, forge: Forge])[] = [
  ["no signature", async () => "x"],
  ["an empty one", async ({ jws }) => canonicalJson({ ...JSON.parse(jws), jws: { signatures: [] } })],
  ["somebody else's", async ({ proposalHash = "" }, gateway) => word(gateway, "mallory", proposalHash, {}, "ann")],
  ["that of another proposal", async (_, gateway) => word(gateway, "ann", `sha256:${"1".repeat(64)}`)],
  ["that of a refusal", async ({ proposalHash = "" }, gateway) => word(gateway, "ann", proposalHash, refuse)],
];

describe.each<readonly [who: string, more: GatewayOptions]>([
  ["by the people of the ledger", {}],
  ["by the people that the host names", named],
])("%s", (_, more) => {
  test.each(forgeries)("an approval with %s lifts nothing", async (_, forge) => {
    const gateway = await openAsking(oneKey, more);
    const { session, time } = gateway;
    const held = await session.propose(pay("5.00"), caller);
    expect(held.verdict).toBe("hold");
    const said = await wordOfAnn(gateway, held.proposalHash);
    await force(gateway, { type: "approval", at: time.now, body: { ...said, jws: await forge(said, gateway) } });
    expect(await session.propose(pay("5.00"), caller)).toMatchObject({ verdict: "deny", token: null });
    await expectFrozen(gateway, /has an approval that does not hold|otherwise than what was signed/);
  });

  test("an approval that was signed lifts it, whoever has recorded it", async () => {
    const gateway = await openAsking(oneKey, more);
    const { session, time } = gateway;
    const held = await session.propose(pay("5.00"), caller);
    await force(gateway, { type: "approval", at: time.now, body: await wordOfAnn(gateway, held.proposalHash) });
    expect(await session.propose(pay("5.00"), caller)).toMatchObject({ verdict: "allow" });
    expect((await gateway.reopen()).state.phase).toBe("active");
  });

  test("one that lifts nothing any more is not looked at: who gave it may have left", async () => {
    const gateway = await openAsking(oneKey, more);
    const { session, time } = gateway;
    const held = await session.propose(pay("5.00"), caller);
    const said = await wordOfAnn(gateway, held.proposalHash);
    await force(gateway, { type: "approval", at: time.now, body: { ...said, jws: "x" } });
    time.now = said.exp * 1000;
    await force(gateway, { type: "evidence", at: time.now, body: { name: "perimeter", seenAt: time.now } });
    expect((await gateway.reopen()).state.phase).toBe("active");
  });
});

const withOperator = await peopleOf(ann, bob, eve, registered("olga", ["operator"]));

/** By Ann and the operator. */
async function resumed(gateway: Gateway): Promise<void> {
  const resume = { bound: undefined, transition: "resume" } as const;
  const keys = await Promise.all([
    word(gateway, "ann", null, resume),
    word(gateway, "olga", null, { ...resume, roles: ["operator"] }),
  ]);
  expect(await gateway.session.resume(keys, withOperator, "looked at")).toMatchObject({ outcome: "resumed" });
}

test("once people have let the session go on, the approval that nobody signed still lifts nothing", async () => {
  const gateway = await openAsking(oneKey);
  const { session, time } = gateway;
  await session.usePeople(withOperator);
  const held = await session.propose(pay("5.00"), caller);
  const said = await wordOfAnn(gateway, held.proposalHash);
  await force(gateway, { type: "approval", at: time.now, body: { ...said, jws: "x" } });
  await session.refresh();
  expect(session.state.phase).toBe("frozen");
  time.now += 1_000;
  await resumed(gateway);
  expect(await session.propose(pay("5.00"), caller)).toMatchObject({ verdict: "hold", token: null });
  expect((await gateway.reopen()).state.phase).toBe("active");
});

test("nor does an older word of the same person, though an incident withdraws the later one", async () => {
  const gateway = await openAsking(oneKey);
  const { session, time } = gateway;
  await session.usePeople(withOperator);
  const held = await session.propose(pay("5.00"), caller);
  const early = await word(gateway, "ann", held.proposalHash);
  time.now += 2_000;
  const late = await word(gateway, "ann", held.proposalHash, { exp: Math.floor(time.now / 1000) + 10 });
  expect(await session.approve(late)).toMatchObject({ outcome: "appended" });
  const about = (await gateway.records()).length;
  time.now += 20_000;
  const body = { code: "SIGNATURE_WRONG", message: "it is said", freezes: true, about };
  await force(gateway, { type: "incident", at: time.now, body });
  await session.refresh();
  await resumed(gateway);
  expect(await session.approve(early)).toMatchObject({ outcome: "appended" });
  expect(await session.propose(pay("5.00"), caller)).toMatchObject({ verdict: "hold", token: null });
});

describe("an approval of somebody who is nobody yet", () => {
  const later: readonly (readonly [what: string, who: string, people: readonly ReturnType<typeof registered>[]])[] = [
    ["a new person", "mallory", [ann, bob, eve, registered("mallory", ["risk"])]],
    ["another role", "eve", [ann, bob, registered("eve", ["desk", "risk"])]],
  ];

  const approving = async (
    who: string,
    after: Awaited<ReturnType<typeof peopleOf>>,
    forge: (jws: string) => string,
  ): Promise<Gateway & { readonly seq: number }> => {
    const gateway = await openAsking(oneKey, named);
    const { session, time } = gateway;
    const held = await session.propose(pay("5.00"), caller);
    const text = await word(gateway, who, held.proposalHash);
    const { envelope } = session.state.end;
    const verified = await verifyApproval(text, after, { envelope, session: session.id, now: time.now });
    if (!verified.ok) throw new Error(verified.message);
    const body = { ...verified.approval, jws: forge(verified.approval.jws) };
    await force(gateway, { type: "approval", at: time.now, body });
    expect(await session.refresh()).toBeUndefined();
    time.now += 1_000;
    return { ...gateway, seq: session.state.end.head.seq };
  };

  test.each(later)("is looked at again when %s comes into force", async (_, who, people) => {
    const after = await peopleOf(...people);
    const { session } = await approving(who, after, () => "x");
    await session.usePeople(after);
    expect(await session.propose(pay("5.00"), caller)).toMatchObject({
      verdict: "deny",
      code: "SESSION_NOT_ACTIVE",
      token: null,
    });
  });

  test("is looked at again, though an incident of another kind names it", async () => {
    const after = await peopleOf(ann, bob, eve, registered("mallory", ["risk"]));
    const gateway = await approving("mallory", after, () => "x");
    const { session, time, seq: about } = gateway;
    const body = { code: "OUTCOME_UNKNOWN", message: "it is said", freezes: true, about };
    await force(gateway, { type: "incident", at: time.now, body });
    await session.usePeople(after);
    const incidents = (await gateway.records()).flatMap((record) => (record.type === "incident" ? [record.body] : []));
    expect(incidents).toMatchObject([body, { code: "SIGNATURE_WRONG", about }]);
  });

  test.each(later)("counts from then on where it was signed: %s", async (_, who, people) => {
    const after = await peopleOf(...people);
    const { session } = await approving(who, after, (jws) => jws);
    await session.usePeople(after);
    expect(await session.propose(pay("5.00"), caller)).toMatchObject({ verdict: "allow" });
  });
});

test("an incident that does not freeze waves nothing through", async () => {
  const gateway = await openAsking(oneKey, named);
  const { session, time } = gateway;
  const held = await session.propose(pay("5.00"), caller);
  const said = await wordOfAnn(gateway, held.proposalHash);
  await force(gateway, { type: "approval", at: time.now, body: { ...said, jws: "x" } });
  const about = (await gateway.records()).length;
  const body = { code: "SIGNATURE_WRONG", message: "seen", freezes: false, about };
  await force(gateway, { type: "incident", at: time.now, body });
  expect(await session.propose(pay("5.00"), caller)).toMatchObject({ verdict: "deny", token: null });
  expect(session.state.phase).toBe("frozen");
});

test("by a key that the host has revoked, an approval lifts nothing, whatever the ledger says", async () => {
  const gateway = await openAsking(oneKey, named);
  const { session, time } = gateway;
  time.now += 1_000;
  const held = await session.propose(pay("5.00"), caller);
  await force(gateway, { type: "approval", at: time.now, body: await wordOfAnn(gateway, held.proposalHash) });
  const revoked = registered("ann", ["risk"], { revokedAt: new Date(time.now).toISOString() });
  const late = await gateway.reopen({ people: await peopleOf(revoked, bob, eve) });
  expect(late.state.phase).toBe("frozen");
  expect((await gateway.records()).at(-2)).toMatchObject({ type: "incident", body: { code: "SIGNATURE_WRONG" } });
});

const digestOf = (registry: string) => {
  const read = readSigned("registry", registry);
  return read.ok ? read.signed.digest : "";
};

describe("a registry of people", () => {
  const mallory = registered("mallory", ["risk"]);
  const registries = {
    "nobody has signed": async () => canonicalJson({ jws: { signatures: [] }, registry: { keys: [mallory] } }),
    "the one has signed whom it names": async () =>
      signPeopleDocument((await keyPair("mallory")).signer, "registry", { keys: [mallory] }),
  };

  test.each(Object.entries(registries))("that %s is not believed", async (_, make) => {
    const gateway = await openAsking(oneKey, named);
    const { session, time } = gateway;
    const { proposalHash } = await session.propose(pay("5.00"), caller);
    const registry = await make();
    await force(gateway, { type: "people", at: time.now, body: { registry, digest: digestOf(registry) } });
    expect(await session.approve(await word(gateway, "mallory", proposalHash))).not.toMatchObject({
      outcome: "appended",
    });
    expect(await session.propose(pay("5.00"), caller)).toMatchObject({ verdict: "deny", token: null });
    await expectFrozen(gateway, /names a registry of people that/);
  });

  test("that those have signed whom the host believes is", async () => {
    const gateway = await openAsking(oneKey, named);
    const registry = await registryText(ann, bob);
    await force(gateway, { type: "people", at: gateway.time.now, body: { registry, digest: digestOf(registry) } });
    expect((await gateway.session.propose(pay("5.00"), caller)).verdict).toBe("hold");
  });
});

describe("a receipt that gives back what was reserved", () => {
  const amounts = { "budgets/spend": 0 };
  const receipts: readonly (readonly [what: string, make: (jti: string) => Promise<string>])[] = [
    ["is none", async () => "x"],
    ["another key has signed", (jti) => signReceipt(signers.gateway, { jti, outcome: "not_executed", amounts, at: 0 })],
    [
      "is of another call",
      () => signReceipt(signers.executor, { jti: "A".repeat(43), outcome: "not_executed", amounts, at: 0 }),
    ],
    ["says less", (jti) => signReceipt(signers.executor, { jti, outcome: "executed", amounts: {}, at: 0 })],
  ];
  const settled = async (make: (jti: string) => Promise<string>) => {
    const gateway = await openGateway({ executors });
    const { session, time } = gateway;
    const { seq } = await session.propose(pay("5.00"), caller);
    const { decided, jti } = session.state.reservations.get(seq ?? 0)!;
    await session.redeem(decided, jti);
    const said = { outcome: "not_executed", receipt: await make(jti) } as const;
    const body = { amounts, decided, jti, metrics: [], results: {}, ...said };
    await force(gateway, { type: "settled", at: time.now, body });
    return gateway;
  };

  test.each(receipts)("and %s gives nothing back", async (_, make) => {
    const gateway = await settled(make);
    expect(await gateway.session.propose(pay("5.00"), caller)).toMatchObject({ verdict: "deny", token: null });
    await expectFrozen(gateway, /has a receipt that does not hold|otherwise than its receipt says/);
  });

  test("and holds gives it back", async () => {
    const gateway = await settled((jti) =>
      signReceipt(signers.executor, { jti, outcome: "not_executed", amounts, at: 0 }),
    );
    expect(await gateway.session.propose(pay("5.00"), caller)).toMatchObject({ verdict: "allow" });
  });
});
