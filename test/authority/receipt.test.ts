/** Receipts that must not be believed: whoever believes one gives money back. */
import { describe, expect, test } from "vitest";
import { receiptType, signReceipt, verifyReceipt } from "../../runtime/authority/token/receipt.ts";
import { signToken } from "../../runtime/authority/token/sign.ts";
import { verifyToken } from "../../runtime/authority/token/verify.ts";
import { keyPair } from "./key-pairs.ts";
import { claims, expected, receipt, ringOf, signParts } from "./tokens.ts";

const executor = await keyPair("executor-key");
const gateway = await keyPair("gateway-key");
const ring = ringOf(executor.key);

const verify = (given: unknown) => verifyReceipt(given, ring, { jti: claims.jti });
const denied = (code: string) => ({ ok: false, code, message: expect.any(String) });
const header = { alg: "EdDSA", kid: "executor-key", typ: receiptType };
const signed = (payload: unknown) => signParts(executor.signer, header, payload);

describe("a receipt is denied", () => {
  test("that the gateway signed, or another under the executor's name", async () => {
    expect(await verify(await signReceipt(gateway.signer, receipt))).toEqual(denied("RECEIPT_KEY"));
    const forged = await signReceipt({ ...gateway.signer, kid: "executor-key" }, receipt);
    expect(await verify(forged)).toEqual(denied("RECEIPT_SIGNATURE"));
  });

  test("of another token", async () => {
    const other = { ...receipt, jti: claims.jti.replace("i", "j") };
    expect(await verify(await signReceipt(executor.signer, other))).toEqual({
      ...denied("RECEIPT_TOKEN"),
      jti: other.jti,
    });
  });

  test("that is a token, as a token is that is a receipt", async () => {
    const both = ringOf(executor.key, gateway.key);
    const token = await signToken(executor.signer, claims);
    expect(await verify(token)).toEqual(denied("RECEIPT_TYPE"));
    const asToken = await signReceipt(gateway.signer, receipt);
    expect(await verifyToken(asToken, both, expected)).toEqual(denied("TOKEN_TYPE"));
  });

  test("with the algorithm `none`", async () => {
    const bare = await signParts(executor.signer, { ...header, alg: "none" }, receipt);
    expect(await verify(bare)).toEqual(denied("RECEIPT_ALGORITHM"));
  });

  test.each(Object.keys(receipt))("without `%s`", async (name) => {
    expect(await verify(await signed({ ...receipt, [name]: undefined }))).toEqual(denied("RECEIPT_MALFORMED"));
  });

  test.each([
    { given: "a member more", change: { refund: true } },
    { given: "an outcome of its own", change: { outcome: "refunded" } },
    { given: "an amount below zero", change: { amounts: { "budgets/spend": -1 } } },
    { given: "half an amount", change: { amounts: { "budgets/spend": 0.5 } } },
    { given: "an amount beyond exact integers", change: { amounts: { "budgets/spend": 2 ** 53 } } },
    { given: "an amount in words", change: { amounts: { "budgets/spend": "124" } } },
    { given: "an amount of no meter", change: { amounts: { spend: 124 } } },
    { given: "a list of amounts", change: { amounts: [124] } },
    { given: "a time in words", change: { at: "2024-02-15T15:00:00Z" } },
    { given: "a time before 1970", change: { at: -1 } },
  ])("with $given", async ({ change }) => {
    expect(await verify(await signed({ ...receipt, ...change }))).toEqual(denied("RECEIPT_MALFORMED"));
  });

  test.each([undefined, null, 7, "", {}, new Proxy({}, { get: () => expect.unreachable() })])(
    "that is no text (%#)",
    async (given) => {
      expect(await verify(given)).toEqual(denied("RECEIPT_MALFORMED"));
    },
  );
});

test("a receipt is believed that the executor signed for that token", async () => {
  const verified = await verify(await signReceipt(executor.signer, receipt));
  expect(JSON.parse(JSON.stringify(verified))).toEqual({ ok: true, receipt, kid: "executor-key" });
});

test("what is no receipt is not signed", async () => {
  await expect(signReceipt(executor.signer, { ...receipt, at: 0.5 })).rejects.toThrow(/no receipt/);
});
