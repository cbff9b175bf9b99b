/** Orders in records are judged by the people of the ledger too, and an order to close by the moment at which the session stopped. */
import { describe, expect, test } from "vitest";
import { readEnvelope } from "../../compiler/read/read.ts";
import { LedgerAudit } from "../../runtime/audit/ledger-audit.ts";
import type { AuditOptions } from "../../runtime/audit/session-audit.ts";
import { signOrder } from "../../runtime/people/sign.ts";
import type { SessionOptions } from "../../runtime/session/settings.ts";
import { canonicalJson } from "../../schema/json/canonical.ts";
import type { OrderPayload } from "../../schema/people.ts";
import { keyPair } from "../authority/key-pairs.ts";
import { trusted } from "../people/people.ts";
import { document, type Gateway, openGateway } from "../session/gateway.ts";
import { ann, begin, bob, peopleOf } from "../session/holds.ts";

async function audited(gateway: Gateway, trust: Partial<AuditOptions>) {
  const audit = new LedgerAudit({ readEnvelope: (document) => readEnvelope(document).envelope, ...trust });
  for (const [i, record] of (await gateway.records()).entries())
    await audit.take({ text: canonicalJson(record), line: i + 1 });
  // Nobody has signed the activation.
  for await (const { problems } of audit.finished())
    return problems.filter(({ seq }) => seq !== 1).map(({ code, seq }) => `${code} ${seq}`);
  throw new Error("no session was audited");
}

type Rest = Partial<OrderPayload>;

/** @param by whose key signs it, whatever name it gives */
async function orderOf({ session, evaluator }: Gateway, order: OrderPayload["order"], rest: Rest = {}, by = "ann") {
  const { signer } = await keyPair(by);
  const signed = await signOrder(
    { ...signer, kid: "ann" },
    {
      order,
      envelope: evaluator.envelopeDigest,
      session: session.id,
      reason: "it trades at the wrong venue",
      roles: ["risk"],
      iat: begin,
      exp: begin + 300,
      ...rest,
    },
  );
  return { text: canonicalJson(JSON.parse(signed)) };
}

async function open(more: Partial<SessionOptions> = {}): Promise<Gateway> {
  const postconditions = [{ id: "flat", check: "no_open_orders", critical: true }];
  const gateway = await openGateway({ envelope: document({ postconditions }), ...more });
  await gateway.session.usePeople(await peopleOf(ann, bob));
  return gateway;
}

type CarryOut = (gateway: Gateway, by: string) => Promise<unknown>;

const code = "EXECUTED_TWICE";
const orders: readonly (readonly [OrderPayload["order"], CarryOut])[] = [
  ["kill", async (gateway, by) => gateway.session.kill("console", await orderOf(gateway, "kill", {}, by))],
  ["close", async (gateway, by) => gateway.session.close(await orderOf(gateway, "close", {}, by))],
  [
    "freeze",
    async (gateway, signer) => {
      const { text: by } = await orderOf(gateway, "freeze", { reason: `${code}: twice` }, signer);
      const body = { code, message: "twice", freezes: true, by };
      return gateway.session.record((at) => ({ type: "incident", at, body }));
    },
  ],
];

describe.each(orders)("an order to %s", (_, carryOut) => {
  const wrong = [expect.stringMatching(/^SIGNATURE_WRONG [3-9]$/)];

  test("that somebody else has signed is found by the registry of the ledger, where its signers are known", async () => {
    const gateway = await open();
    await carryOut(gateway, "mallory");
    expect(await audited(gateway, { registrars: trusted })).toEqual(wrong);
    expect(await audited(gateway, { people: await peopleOf(ann) })).toEqual(wrong);
    expect(await audited(gateway, {})).toEqual([]);
  });

  test("stands, also by a later registry that does not have the person any more", async () => {
    const gateway = await open();
    await carryOut(gateway, "ann");
    const people = await peopleOf(bob);
    expect(await audited(gateway, { registrars: trusted })).toEqual([]);
    expect(await audited(gateway, { registrars: trusted, people })).toEqual([]);
    expect(await audited(gateway, { people })).toEqual(wrong);
  });
});

describe("an order to close", () => {
  const slow = async (seconds: number) => {
    const gateway: Gateway = await open({
      verifiers: {
        no_open_orders() {
          gateway.time.now += seconds * 1000;
          return true;
        },
      },
    });
    return gateway;
  };

  test("stands where the checks have outlasted it: the session had stopped by then", async () => {
    const gateway = await slow(301);
    expect(await gateway.session.close(await orderOf(gateway, "close"))).toEqual({
      outcome: "closed",
      as: "completed",
    });
    expect(await audited(gateway, { registrars: trusted, people: await peopleOf(ann) })).toEqual([]);
  });

  test("that was signed after the session had stopped may close it", async () => {
    const gateway = await open();
    gateway.time.now += 1_000;
    const { state } = gateway.session;
    const { hash: head } = state.end.head;
    const lists = { attempted: [], changed: [], deferred: [] };
    await gateway.session.record((at) => ({
      type: "witness",
      at,
      body: { ...lists, head, policyDigest: state.policy ?? "" },
    }));
    gateway.time.now += 1_000;
    const order = await orderOf(gateway, "close", { iat: begin + 2 });
    expect(await gateway.session.close(order)).toMatchObject({ outcome: "closed" });
    expect(await audited(gateway, { registrars: trusted })).toEqual([]);
  });

  test.each<readonly [what: string, rest: Rest]>([
    ["has expired", { exp: begin + 1 }],
    ["was signed in the future", { iat: begin + 2 }],
  ])("that %s stops nothing", async (_, rest) => {
    const gateway = await open();
    gateway.time.now += 1_000;
    const refused = { outcome: "refused", problem: { code: "ORDER_LIFETIME" } };
    expect(await gateway.session.close(await orderOf(gateway, "close", rest))).toMatchObject(refused);
    expect((await gateway.records()).map(({ type }) => type)).toEqual(["activated", "people"]);
  });

  test("that had expired when the session stopped closes nothing", async () => {
    const gateway = await open();
    await gateway.session.kill("console");
    const { text: by } = await orderOf(gateway, "close", { exp: begin + 1 });
    gateway.time.now += 1_000;
    const { state } = gateway.session;
    const body = {
      attempted: [],
      changed: [],
      deferred: [],
      head: state.end.head.hash,
      policyDigest: state.policy ?? "",
    };
    await gateway.session.record((at) => ({ type: "witness", at, body }));
    const told = await gateway.session.record((at) => ({ type: "closed", at, body: { as: "killed", by } }));
    expect(told).toMatchObject({ outcome: "refused", problem: { code: "ORDER_LIFETIME" } });
  });
});
