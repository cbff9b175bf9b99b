/** A key that signs at once is the same key: what it refuses, what it signs, and to whom that says something. */
import { expect, test } from "vitest";
import { isSignedBy } from "../../runtime/authority/ed25519.ts";
import { readPublicKey, readSigner } from "../../runtime/authority/keys.ts";
import { readNativeSigner } from "../../runtime/node/native-signer.ts";
import { jwkOf, publicJwkOf } from "./key-pairs.ts";

test.each([0, 1, 1000])("the signature over %i bytes is the one that WebCrypto gives", async (length) => {
  const message = new Uint8Array(length).fill(7);
  const text = JSON.stringify(jwkOf("a"));
  const [native, web, key] = await Promise.all([
    readNativeSigner(text),
    readSigner(text),
    readPublicKey(publicJwkOf("a")),
  ]);
  if (!native.ok || !web.ok || !key.ok) throw new Error("the key does not read");
  const signature = await native.signer.sign(message);
  expect(signature).toEqual(await web.signer.sign(message));
  expect(await isSignedBy(key.key.key, message, signature)).toBe(true);
  expect({ ...native.signer, sign: null }).toEqual({ ...web.signer, sign: null });
});

test.each([
  { given: "a public key", text: JSON.stringify(publicJwkOf("a")) },
  { given: "the public part of another key", text: JSON.stringify({ ...jwkOf("a"), x: jwkOf("b").x }) },
  { given: "no name", text: JSON.stringify({ ...jwkOf("a"), kid: "" }) },
  { given: "no JSON", text: "-----BEGIN PRIVATE KEY-----" },
  { given: "a member twice", text: '{"kty":"OKP","kty":"OKP"}' },
])("$given is refused as WebCrypto's reader refuses it", async ({ text }) => {
  const read = await readNativeSigner(text);
  expect(read.ok).toBe(false);
  expect(read).toEqual(await readSigner(text));
});
