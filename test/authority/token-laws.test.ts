/** What holds for every token and every receipt, not only for those that somebody thought of. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AuthorityClaims, Receipt } from "../../runtime/authority/token/documents.ts";
import { signReceipt, verifyReceipt } from "../../runtime/authority/token/receipt.ts";
import { signToken } from "../../runtime/authority/token/sign.ts";
import { verifyToken } from "../../runtime/authority/token/verify.ts";
import { canonicalJson, sha256 } from "../../schema/json/canonical.ts";
import type { FieldValue } from "../../schema/request.ts";
import { keyPair } from "./key-pairs.ts";
import { base64url, expected, ringOf } from "./tokens.ts";

const numRuns = Number(process.env.AMBIT_RUNS ?? 100);
const gateway = await keyPair("gateway-key");
const ring = ringOf(gateway.key);

const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 });
const number = fc.oneof(fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true })).map((n) => n + 0);
const texts = fc.array(text, { maxLength: 3 });
const digest = text.map(sha256);
const jti = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(base64url);

const fieldValue: fc.Arbitrary<FieldValue> = fc.oneof(
  text,
  number,
  fc.boolean(),
  fc.record({ value: text, under: texts }),
  fc.record({ count: fc.nat(), items: fc.array(fc.oneof(text, number), { maxLength: 3 }) }),
  fc.record({ min: number, max: number }),
);

const claims: fc.Arbitrary<AuthorityClaims> = fc
  .record({
    iss: text,
    sub: text,
    aud: text,
    iat: fc.nat({ max: 9_007_199_000_000 }),
    life: fc.integer({ min: 1, max: 3600 }),
    jti,
    env: digest,
    pol: digest,
    prp: digest,
    req: digest,
    scp: fc.record({
      effect: text,
      tool: text,
      fields: fc.dictionary(text, fieldValue, { maxKeys: 4, noNullPrototype: true }),
    }),
    seq: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  })
  .map(({ life, ...rest }) => ({ ...rest, nbf: rest.iat, exp: rest.iat + life }));

const receipt: fc.Arbitrary<Receipt> = fc.record({
  jti,
  outcome: fc.constantFrom("executed", "not_executed", "unknown"),
  amounts: fc.dictionary(fc.constantFrom("budgets/spend", "budgets/actions", "effects/e/session/qty"), fc.maxSafeNat()),
  at: fc.maxSafeNat(),
});

describe("for all claims", () => {
  test("a signed token is believed, with the claims that were signed", async () => {
    await fc.assert(
      fc.asyncProperty(claims, fc.nat({ max: 999 }), async (given, fraction) => {
        const now = (given.exp - 1) * 1000 + fraction;
        const verified = await verifyToken(await signToken(gateway.signer, given), ring, { ...given, now });
        expect(verified.ok && canonicalJson(verified.claims)).toBe(canonicalJson(given));
      }),
      { numRuns },
    );
  });

  test("a token is denied at every time that it is not valid at", async () => {
    await fc.assert(
      fc.asyncProperty(claims, fc.maxSafeInteger(), async (given, now) => {
        const { ok } = await verifyToken(await signToken(gateway.signer, given), ring, { ...given, now });
        expect(ok).toBe(given.nbf * 1000 <= now && now < given.exp * 1000);
      }),
      { numRuns },
    );
  });

  test("a token is denied if any one claim is another than the one that was signed", async () => {
    await fc.assert(
      fc.asyncProperty(claims, claims, fc.constantFrom(...names), async (given, other, name) => {
        fc.pre(canonicalJson(given[name]) !== canonicalJson(other[name]));
        const [head, , signature] = (await signToken(gateway.signer, given)).split(".");
        const changed = { ...given, [name]: other[name] };
        const spoilt = `${head}.${base64url(canonicalJson(changed))}.${signature}`;
        const verified = await verifyToken(spoilt, ring, { ...changed, now: changed.iat * 1000 });
        expect(verified).toEqual({ ok: false, code: "TOKEN_SIGNATURE", message: expect.any(String) });
      }),
      { numRuns },
    );
  });

  test("the same claims are the same token, byte for byte", async () => {
    await fc.assert(
      fc.asyncProperty(claims, async (given) => {
        const again: AuthorityClaims = JSON.parse(JSON.stringify(given));
        expect(await signToken(gateway.signer, again)).toBe(await signToken(gateway.signer, given));
      }),
      { numRuns },
    );
  });
});

const names = ["iss", "sub", "aud", "iat", "nbf", "exp", "jti", "env", "pol", "prp", "req", "scp", "seq"] as const;

test("no text and no value is a token that nobody signed, and none is thrown at", async () => {
  const part = fc.oneof(
    fc.base64String().map((given) => given.replaceAll("=", "")),
    fc.json().map(base64url),
    text,
  );
  const forged = fc.array(part, { maxLength: 5 }).map((parts) => parts.join("."));
  await fc.assert(
    fc.asyncProperty(fc.oneof(forged, fc.anything({ withNullPrototype: true })), async (given) => {
      expect((await verifyToken(given, ring, expected)).ok).toBe(false);
      expect((await verifyReceipt(given, ring, { jti: "" })).ok).toBe(false);
    }),
    { numRuns: 3 * numRuns },
  );
});

test("for all receipts, a signed one is believed, with what was signed, and only for its own token", async () => {
  await fc.assert(
    fc.asyncProperty(receipt, jti, async (given, other) => {
      const signed = await signReceipt(gateway.signer, given);
      const verified = await verifyReceipt(signed, ring, given);
      expect(verified.ok && canonicalJson(verified.receipt)).toBe(canonicalJson(given));
      expect((await verifyReceipt(signed, ring, { jti: other })).ok).toBe(other === given.jti);
    }),
    { numRuns },
  );
});
