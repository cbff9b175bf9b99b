/** Signatures beside a document: one that is not good spoils them all. */

import fc from "fast-check";
import { generalVerify } from "jose";
import { describe, expect, test } from "vitest";
import { signDetached, verifyDetached } from "../../runtime/authority/jws/detached.ts";
import type { Signer } from "../../runtime/authority/keys.ts";
import { keyPair } from "./key-pairs.ts";
import { base64url, ringOf } from "./tokens.ts";

const typ = "ambit-envelope+jws";
const document = new TextEncoder().encode('{"id":"env_1"}');
const [anna, ben, stranger] = await Promise.all([keyPair("anna"), keyPair("ben"), keyPair("stranger")]);
const ring = ringOf(anna.key, ben.key);

const byAnna = await signDetached(anna.signer, typ, document);
const byBen = await signDetached(ben.signer, typ, document);

const verify = (jws: unknown, payload = document) => verifyDetached(jws, ring, typ, payload);
const denied = (code: string) => ({ ok: false, code, message: expect.any(String) });

/** As Anna would, but under another header. */
async function headed(change: Readonly<Record<string, unknown>>, signer: Signer = anna.signer) {
  const head = base64url(JSON.stringify({ alg: "EdDSA", kid: "anna", typ, ...change }));
  const signature = await signer.sign(new TextEncoder().encode(`${head}.${base64url(document)}`));
  return { protected: head, signature: base64url(signature) };
}

describe("a JWS is denied", () => {
  test.each([
    { given: "no signatures", jws: { signatures: [] } },
    { given: "65 signatures", jws: { signatures: Array(65).fill(byAnna) } },
    { given: "its payload", jws: { payload: base64url(document), signatures: [byAnna] } },
    { given: "an empty payload", jws: { payload: "", signatures: [byAnna] } },
    { given: "a member more", jws: { signatures: [byAnna], comment: "" } },
    { given: "an unprotected header", jws: { signatures: [{ ...byAnna, header: { kid: "anna" } }] } },
    { given: "an empty unprotected header", jws: { signatures: [{ ...byAnna, header: {} }] } },
    { given: "no protected header", jws: { signatures: [{ signature: byAnna.signature }] } },
    { given: "a protected header that is no text", jws: { signatures: [{ ...byAnna, protected: {} }] } },
    { given: "a signature that is no text", jws: { signatures: [{ ...byAnna, signature: null }] } },
    { given: "padding", jws: { signatures: [{ ...byAnna, signature: `${byAnna.signature}==` }] } },
    { given: "the form of one signature", jws: byAnna },
    { given: "signatures that are no list", jws: { signatures: { 0: byAnna, length: 1 } } },
    { given: "a signature that is a list", jws: { signatures: [[byAnna.protected, byAnna.signature]] } },
    { given: "a hole", jws: { signatures: [byAnna, undefined] } },
    { given: "a text in compact form", jws: `${byAnna.protected}..${byAnna.signature}` },
    { given: "a text with a member twice", jws: '{"signatures":[],"signatures":[]}' },
    { given: "nothing", jws: "" },
    { given: "null", jws: null },
    { given: "a number", jws: 7 },
    { given: "10 MB of text", jws: "[".repeat(10_000_000) },
    {
      given: "a proxy",
      jws: new Proxy(
        {},
        {
          ownKeys() {
            throw new Error("touched");
          },
        },
      ),
    },
    {
      given: "a getter",
      jws: {
        get signatures() {
          return [byAnna];
        },
      },
    },
  ])("with or that is $given: JWS_MALFORMED", async ({ jws }) => {
    expect(await verify(jws)).toEqual(denied("JWS_MALFORMED"));
  });

  test.each([
    { given: "another typ", change: { typ: "ambit-template+jws" }, code: "JWS_TYPE" },
    { given: "no typ", change: { typ: undefined }, code: "JWS_TYPE" },
    { given: "the algorithm `none`", change: { alg: "none" }, code: "JWS_ALGORITHM" },
    { given: "another algorithm", change: { alg: "HS256" }, code: "JWS_ALGORITHM" },
    { given: "no key", change: { kid: undefined }, code: "JWS_KEY" },
    { given: "an unknown key", change: { kid: "nobody" }, code: "JWS_KEY" },
    { given: "the name of another trusted key", change: { kid: "ben" }, code: "JWS_SIGNATURE" },
    { given: "crit", change: { crit: ["exp"], exp: 1 }, code: "JWS_MALFORMED" },
    { given: "b64", change: { b64: false, crit: ["b64"] }, code: "JWS_MALFORMED" },
    { given: "a key of its own", change: { jwk: {} }, code: "JWS_MALFORMED" },
  ])("whose header has $given: $code, also beside a good one", async ({ change, code }) => {
    const bad = await headed(change);
    expect(await verify({ signatures: [bad] })).toEqual(denied(code));
    expect(await verify({ signatures: [byBen, bad] })).toEqual(denied(code));
  });

  test("signed by a stranger, under his own name or a trusted one", async () => {
    const own = await signDetached(stranger.signer, typ, document);
    expect(await verify({ signatures: [byAnna, own] })).toEqual(denied("JWS_KEY"));
    const forged = await headed({}, stranger.signer);
    expect(await verify({ signatures: [forged] })).toEqual(denied("JWS_SIGNATURE"));
  });

  test("signed by one key twice: two signatures are not two people", async () => {
    expect(await verify({ signatures: [byAnna, byBen, byAnna] })).toEqual(denied("JWS_REPEATED"));
  });

  test("over another document, by one byte", async () => {
    for (let i = 0; i < document.length; i++) {
      const other = document.with(i, document[i]! ^ 1);
      expect(await verify({ signatures: [byAnna] }, other)).toEqual(denied("JWS_SIGNATURE"));
    }
  });
});

describe("a JWS is believed", () => {
  const jws = { signatures: [byAnna, byBen] };

  test("with the names of all who signed, in their order, as text and as a value", async () => {
    expect(await verify(jws)).toEqual({ ok: true, kids: ["anna", "ben"] });
    expect(await verify(JSON.stringify(jws))).toEqual({ ok: true, kids: ["anna", "ben"] });
    expect(await verify({ signatures: [byBen] })).toEqual({ ok: true, kids: ["ben"] });
  });

  test("by another implementation that is handed the document", async () => {
    const attached = { ...jws, payload: base64url(document) };
    for (const { key } of [anna.key, ben.key])
      expect((await generalVerify(attached, key, { algorithms: ["EdDSA"] })).payload).toEqual(document);
  });

  test("for every document, and no other one", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), fc.uint8Array(), async (given, other) => {
        const signed = { signatures: [await signDetached(anna.signer, typ, given)] };
        expect(await verify(signed, given)).toEqual({ ok: true, kids: ["anna"] });
        expect((await verify(signed, other)).ok).toBe(Buffer.from(given).equals(other));
      }),
      { numRuns: 50 },
    );
  });
});
