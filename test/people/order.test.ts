/** Orders: a person's word that ends one session, for a time. */
import { describe, expect, test } from "vitest";
import { type OrderContext, type OrderDenial, verifyOrder } from "../../runtime/people/order.ts";
import { signOrder, signPeopleDocument } from "../../runtime/people/sign.ts";
import { sha256 } from "../../schema/json/canonical.ts";
import { keyPair } from "../authority/key-pairs.ts";
import { type OrderRest, orderPayload, orderText } from "./orders.ts";
import { approvalText, envelope, now, peopleOf, registered } from "./people.ts";

const people = await peopleOf(
  registered("ann", ["risk", "desk"]),
  registered("retired", ["risk"], { revokedAt: "2024-03-01T12:00:00Z" }),
  registered("leaving", ["risk"], { revokedAt: "2024-03-01T12:30:00Z" }),
  registered("newcomer", ["risk"], { from: "2024-03-01T11:59:30Z" }),
);
const context: OrderContext = { envelope, session: "s1", now };
const iat = now / 1000 - 60;

async function denial(text: string, where: Partial<OrderContext> = {}): Promise<OrderDenial | undefined> {
  const verified = await verifyOrder(text, people, { ...context, ...where });
  return verified.ok ? undefined : verified.code;
}

interface Attack {
  readonly given: string;
  readonly by?: string;
  readonly change?: OrderRest;
  readonly want: OrderDenial;
}

const attacks: readonly Attack[] = [
  { given: "somebody who is not in the registry", by: "mallory", want: "ORDER_KEY" },
  { given: "a key that is revoked, though it signed before", by: "retired", want: "ORDER_KEY" },
  { given: "a key that will be revoked before the order ends", by: "leaving", want: "ORDER_KEY" },
  { given: "a key that did not count yet when it signed", by: "newcomer", want: "ORDER_KEY" },
  { given: "a role that the person does not have", change: { roles: ["risk", "treasurer"] }, want: "ORDER_ROLE" },
  { given: "another envelope", change: { envelope: sha256("another") }, want: "ORDER_ENVELOPE" },
  { given: "another session", change: { session: "s2" }, want: "ORDER_SESSION" },
  { given: "any session", change: { session: undefined }, want: "ORDER_MALFORMED" },
  { given: "a time to come", change: { iat: now / 1000 + 1 }, want: "ORDER_NOT_YET_VALID" },
  { given: "a time that is over", change: { exp: now / 1000 }, want: "ORDER_EXPIRED" },
  { given: "an end before its beginning", change: { exp: iat }, want: "ORDER_MALFORMED" },
  { given: "no end", change: { exp: undefined }, want: "ORDER_MALFORMED" },
  { given: "no roles", change: { roles: [] }, want: "ORDER_MALFORMED" },
  { given: "no reason", change: { reason: undefined }, want: "ORDER_MALFORMED" },
  { given: "an empty reason", change: { reason: "" }, want: "ORDER_MALFORMED" },
  { given: "a reason that drives a terminal", change: { reason: "a\u001b[2Jb" }, want: "ORDER_MALFORMED" },
  { given: "an order that there is not", change: { order: "resume" }, want: "ORDER_MALFORMED" },
  { given: "a member of its own", change: Object.fromEntries([["force", true]]), want: "ORDER_MALFORMED" },
];

describe("an order is refused", () => {
  test.each(attacks)("with $given: $want", async ({ by = "ann", change = {}, want }) => {
    expect(await denial(await orderText(by, change))).toBe(want);
  });

  test.each(Object.keys(orderPayload()))("with another `%s` than was signed", async (member) => {
    const file = JSON.parse(await orderText("ann"));
    const others: Record<string, unknown> = {
      order: "close",
      envelope: sha256("x"),
      session: "s2",
      reason: "another",
      roles: ["desk"],
      iat: iat - 1,
      exp: iat + 9_999,
    };
    file.order[member] = others[member];
    expect(await denial(JSON.stringify(file))).toBe("ORDER_SIGNATURE");
  });

  test("with the name of somebody else over one's own signature", async () => {
    const { signer } = await keyPair("mallory");
    expect(await denial(await signOrder({ ...signer, kid: "ann" }, orderPayload()))).toBe("ORDER_SIGNATURE");
  });

  test("with two signatures, both good", async () => {
    const { signatures } = JSON.parse(await orderText("ann")).jws;
    const wider = await peopleOf(registered("ann", ["risk"]), registered("bob", ["risk"]));
    const text = await signPeopleDocument((await keyPair("bob")).signer, "order", orderPayload(), signatures);
    expect(await verifyOrder(text, wider, context)).toMatchObject({ ok: false, code: "ORDER_SIGNATURE" });
  });

  test("with a signature that was made for an approval", async () => {
    const file = JSON.parse(await orderText("ann"));
    const header = { alg: "EdDSA", kid: "ann", typ: "ambit-approval+jws" };
    file.jws.signatures[0].protected = Buffer.from(JSON.stringify(header)).toString("base64url");
    expect(await denial(JSON.stringify(file))).toBe("ORDER_SIGNATURE");
  });

  test("that is an approval", async () => expect(await denial(await approvalText("ann"))).toBe("ORDER_MALFORMED"));

  test.each(["", "null", "[]", '{"order":null,"jws":null}', '{"order":{},"order":{},"jws":{}}', "\ud800"])(
    "that is %j",
    async (text) => expect(await denial(text)).toBe("ORDER_MALFORMED"),
  );
});

describe("an order is taken", () => {
  test("as records hold it: it verifies again, and is the same whatever its layout was", async () => {
    const verified = await verifyOrder(await orderText("ann"), people, context);
    expect(verified).toMatchObject({ ok: true, order: { kid: "ann", person: "ann", payload: orderPayload() } });
    const again = verified.ok ? await verifyOrder(verified.order.text, people, context) : verified;
    expect(again).toEqual(verified);
  });

  test("from its first second to its last", async () => {
    const text = await orderText("ann");
    expect(await denial(text, { now: iat * 1000 })).toBeUndefined();
    expect(await denial(text, { now: (iat + 3600) * 1000 - 1 })).toBeUndefined();
  });

  test("later, of a key that was revoked since", async () => {
    const text = await orderText("leaving");
    expect(await denial(text, { isPast: true })).toBeUndefined();
  });
});
